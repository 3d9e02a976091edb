package io.sa2va.core.evaluate;

import com.google.common.html.HtmlEscapers;
import io.sa2va.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A page that shows the worst cases of an evaluation, with a picture file for each. */
final class WorstCasesPage {
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8"><title>Worst cases</title>
      <style>body { font-family: sans-serif } img { max-width: 100% }</style></head><body>
      <h1>Worst cases</h1>
      <p>Left the true masks, right the model's; one picture where there are no masks.</p>
      """;

  private WorstCasesPage() {}

  /** Writes {@code worst.html} and {@code worst_KIND_N.png}. */
  static void write(List<WorstCase> cases, Path folder) throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    String kind = "";
    int number = 0;
    for (WorstCase worst : cases) {
      number = worst.kind().equals(kind) ? number + 1 : 0;
      kind = worst.kind();
      String file = "worst_%s_%02d.png".formatted(kind, number);
      Image.of(worst.draw()).writePng(folder.resolve(file));
      append(page, worst, file);
    }
    page.append("</body></html>\n");
    Files.writeString(folder.resolve("worst.html"), page);
  }

  private static void append(StringBuilder page, WorstCase worst, String file) {
    String heading =
        String.format(Locale.ROOT, "%s %.3f: %s", worst.kind(), worst.score(), worst.name());
    page.append("<h2>").append(escape(heading)).append("</h2>\n<dl>\n");
    appendLine(page, "asked", worst.prompt());
    appendLine(page, "expected", worst.expected());
    appendLine(page, "answered", worst.answer());
    page.append("</dl>\n<img src=\"").append(escape(file)).append("\" alt=\"\">\n");
  }

  private static void appendLine(StringBuilder page, String name, String text) {
    page.append("<dt>").append(name).append("</dt><dd>").append(escape(text)).append("</dd>\n");
  }

  private static String escape(String text) {
    return HtmlEscapers.htmlEscaper().escape(text);
  }
}
