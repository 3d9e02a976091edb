"""Makes the pictures here and, beside each, NAME.rgb: its pixels as Pillow 12.3.0 reads them.

Upright (ImageOps.exif_transpose), transparent ones put on white, as 8-bit RGB row by row.
Run in this folder: python make_pictures.py
"""

import glob

import numpy as np
from PIL import Image, ImageCms, ImageOps

W, H = 23, 17
YY, XX = np.mgrid[0:H, 0:W]
PIXELS = np.stack([XX * 10, YY * 15, (XX + YY) * 6], -1).astype(np.uint8)
PIXELS[2:7, 3:11] = [250, 20, 30]
PICTURE = Image.fromarray(PIXELS)


def jpegs():
    PICTURE.save("ycc420.jpg", quality=85)
    PICTURE.save("ycc444.jpg", quality=95, subsampling=0)
    PICTURE.save("rgb.jpg", quality=95, keep_rgb=True)
    PICTURE.save("progressive.jpg", quality=80, progressive=True)
    PICTURE.convert("L").save("grey.jpg", quality=90)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    PICTURE.save("srgb_profile.jpg", quality=90, icc_profile=srgb)
    PICTURE.save("broken_profile.jpg", quality=90, icc_profile=b"no profile" * 20)


def cmyk_jpegs():
    inks = 255 - np.concatenate([PIXELS, 255 - (XX * 5 % 128)[..., None]], -1)
    Image.fromarray(inks.astype(np.uint8), "CMYK").save("cmyk.jpg", quality=92)
    data = bytearray(open("cmyk.jpg", "rb").read())
    data[data.index(b"Adobe") + 11] = 2  # the same components, declared as YCCK
    open("ycck.jpg", "wb").write(data)


def orientations():
    small = PICTURE.crop((0, 0, 8, 6))
    for value in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = value
        small.save(f"orientation{value}.jpg", quality=95, subsampling=0, exif=exif)
    exif[0x0112] = 6
    small.save("orientation6.png", exif=exif)


def pngs():
    alpha = Image.fromarray((XX * 11).astype(np.uint8))
    grey = PICTURE.convert("L")
    Image.merge("LA", [grey, alpha]).save("grey_alpha.png")
    Image.merge("RGBA", [*PICTURE.split(), alpha]).save("rgb_alpha.png")
    PICTURE.quantize(12).save("palette_transparent.png", transparency=3)
    PICTURE.save("rgb_transparent.png", transparency=(250, 20, 30))
    grey.point(lambda v: 255 * (v > 60), "1").save("bilevel.png")
    grey.quantize(4).save("palette2bit.png", bits=2)


def reference(name):
    picture = ImageOps.exif_transpose(Image.open(name))
    if picture.mode == "CMYK" or not picture.has_transparency_data:
        pixels = np.array(picture.convert("RGB"))
    else:
        rgba = np.array(picture.convert("RGBA")).astype(np.int64)
        a = rgba[..., 3:]
        pixels = (rgba[..., :3] * a + 255 * (255 - a) + 127) // 255
    pixels.astype(np.uint8).tofile(name + ".rgb")


jpegs()
cmyk_jpegs()
orientations()
pngs()
for file in sorted(glob.glob("*.jpg") + glob.glob("*.png")):
    reference(file)
