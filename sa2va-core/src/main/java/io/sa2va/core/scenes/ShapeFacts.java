package io.sa2va.core.scenes;

/**
 * What texts can say about a shape of a scene. In a clip, places and areas are those of the first
 * frame.
 *
 * @param index in the scene, from the bottom (0) to the top
 * @param kind its form
 * @param color its colour
 * @param size its size; in a clip, where sizes change, always {@link SizeClass#MEDIUM}
 * @param action what it does; in a picture it stays still
 * @param x of the centre of what can be seen, 0 at the picture's left edge to 1 at the right
 * @param y likewise, 0 at the top
 * @param radius of the picture's shorter side
 * @param area of the mask, of the picture's
 * @param fullArea the area if it lay wholly in the picture and under nothing, of the picture's
 * @param clear whether enough of it shows; texts refer to clear ones alone
 */
public record ShapeFacts(
    int index,
    ShapeKind kind,
    ShapeColor color,
    SizeClass size,
    Action action,
    double x,
    double y,
    double radius,
    double area,
    double fullArea,
    boolean clear) {}
