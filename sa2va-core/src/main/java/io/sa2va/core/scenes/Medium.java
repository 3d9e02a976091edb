package io.sa2va.core.scenes;

/** What a scene is. */
enum Medium {
  /** One picture. */
  PICTURE("image", "picture"),
  /** Several frames. */
  CLIP("video", "video");

  private final String promptWord;
  private final String answerWord;

  Medium(String promptWord, String answerWord) {
    this.promptWord = promptWord;
    this.answerWord = answerWord;
  }

  String promptWord() {
    return promptWord;
  }

  String answerWord() {
    return answerWord;
  }
}
