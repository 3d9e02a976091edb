package io.sa2va.core.scenes;

/** What a sample asks for. */
public enum SampleKind {
  /** A mask of a shape by what it is: "the red circle". */
  ATTRIBUTE,
  /** A mask of a shape of a picture by size or place: "the largest star", "the leftmost shape". */
  PLACE,
  /** A mask of a shape of a picture by another: "the square left of the ring". */
  RELATION,
  /** One mask of several shapes: "all blue shapes". */
  GROUP,
  /** A mask of a shape of a clip by what it does: "the circle that moves left". */
  MOTION,
  /** A mask each of two or three shapes. */
  SEVERAL,
  /** A mask of what is not there; the answer says so. */
  ABSENT,
  /** How many shapes there are. */
  COUNT,
  /** Which colour a shape has. */
  COLOR,
  /** Which form a shape has. */
  SHAPE,
  /** Whether there is such a shape. */
  EXISTS,
  /** Which of two shapes of a picture is larger or smaller. */
  COMPARE,
  /** Whether a shape of a picture is left of another, and the like. */
  POSITION,
  /** What a shape of a clip does. */
  ACTION,
  /** A description whose phrases have masks. */
  DESCRIPTION,
  /** What a given region of a picture shows. */
  REGION
}
