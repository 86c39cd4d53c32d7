#!/usr/bin/env python3
"""Images of many kinds, and what Pillow sees in them: NAME.EXT and, beside it, NAME.expected.png (RGB or RGBA, upright, in
sRGB). Needs Pillow with LittleCMS; run in this folder. Seeded: equal Pillow versions write equal files."""
import io
from pathlib import Path

from PIL import Image, ImageCms, ImageDraw, ImageOps

W, H = 40, 28
HERE = Path(__file__).parent


def picture(mode="RGB"):
    image = Image.new("RGB", (W, H))
    for y in range(H):
        for x in range(W):
            image.putpixel((x, y), (x * 6, y * 9, 255 - x * 3 - y * 4))
    draw = ImageDraw.Draw(image)
    draw.rectangle((4, 4, 14, 10), fill=(220, 30, 40))
    draw.ellipse((20, 12, 36, 25), fill=(20, 160, 80))
    return image.convert(mode) if mode != "RGBA" else translucent(image)


def translucent(image):
    alpha = Image.new("L", (W, H))
    for x in range(W):
        for y in range(H):
            alpha.putpixel((x, y), min(255, x * 8))
    image.putalpha(alpha)
    return image


def wide_profile():
    """RGB with the primaries of Adobe RGB (1998) and gamma 2.2, written by hand: sRGB's own data with other colorants."""
    import struct

    def s15(value):
        return struct.pack(">i", round(value * 65536))

    def xyz(x, y, z):
        return b"XYZ \0\0\0\0" + s15(x) + s15(y) + s15(z)

    gamma = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.19921875 * 256)) + b"\0\0"
    text = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"wide\0" + b"\0" * 78
    text += b"\0" * (-len(text) % 4)
    tags = [
        (b"desc", text), (b"wtpt", xyz(0.9642, 1, 0.8249)),
        (b"rXYZ", xyz(0.60974, 0.31111, 0.01947)), (b"gXYZ", xyz(0.20528, 0.62567, 0.06087)),
        (b"bXYZ", xyz(0.14919, 0.06322, 0.74457)),
        (b"rTRC", gamma), (b"gTRC", gamma), (b"bTRC", gamma), (b"cprt", b"text\0\0\0\0none\0\0\0\0"),
    ]
    table, data, offset = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, value in tags:
        table += name + struct.pack(">II", offset + len(data), len(value))
        data += value
    size = offset + len(data)
    header = struct.pack(">I4sI4s4s4s12s4s", size, b"none", 0x02100000, b"mntr", b"RGB ", b"XYZ ", b"\0" * 12, b"acsp")
    header += b"\0" * 28 + s15(0.9642) + s15(1) + s15(0.8249)
    header += b"\0" * (128 - len(header))
    return header + table + data


def save(name, image, expected=None, **options):
    path = HERE / name
    image.save(path, **options)
    if expected is None:
        with Image.open(path) as opened:
            opened.seek(0)
            expected = seen(opened)
    expected.save(path.with_suffix(path.suffix + ".expected.png"))


def seen(opened):
    image = ImageOps.exif_transpose(opened)
    profile = opened.info.get("icc_profile")
    if profile:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        image = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    transparent = "A" in image.getbands() or "transparency" in image.info
    if image.mode.startswith("I;16") or image.mode == "I":
        return image.point(lambda value: value / 257).convert("L").convert("RGB")
    return image.convert("RGBA" if transparent else "RGB")


for mode in ("1", "L", "LA", "P", "RGB", "RGBA"):
    save(f"png-{mode}.png", picture("RGBA").convert(mode) if mode == "LA" else picture(mode))
grey16 = picture("L").convert("I;16")
save("png-16-bit.png", grey16.point(lambda value: value * 257))
save("png-palette-alpha.png", picture("P"), transparency=3)
save("png-2-bit.png", picture().quantize(4), bits=2)
save("png-profile.png", picture(), icc_profile=wide_profile())
exif = Image.Exif()
exif[0x0112] = 6
save("png-exif-6.png", picture(), exif=exif)
save("jpeg-baseline.jpg", picture(), quality=95)
save("jpeg-444.jpg", picture(), quality=95, subsampling=0)
save("jpeg-progressive.jpg", picture(), quality=95, progressive=True)
save("jpeg-grey.jpg", picture("L"), quality=95)
save("jpeg-cmyk.jpg", picture("CMYK"), quality=95)
save("jpeg-profile.jpg", picture(), quality=95, subsampling=0, icc_profile=wide_profile())
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    save(f"jpeg-exif-{orientation}.jpg", picture(), quality=95, exif=exif)
save("webp-lossy.webp", picture(), quality=90)
save("webp-lossless.webp", picture("RGBA"), lossless=True, exact=True)
exif = Image.Exif()
exif[0x0112] = 8
save("webp-exif-8.webp", picture(), lossless=True, exif=exif)
frames = [picture("P"), picture("P").rotate(180)]
save("gif-animated.gif", frames[0], save_all=True, append_images=frames[1:], duration=100)
save("gif-transparent.gif", picture("P"), transparency=5)
save("apng.png", picture(), save_all=True, append_images=[picture().rotate(180)], duration=100)
save("bmp-24.bmp", picture())
save("bmp-8.bmp", picture("P"))
save("tiff-lzw.tif", picture(), compression="tiff_lzw")
save("tiff-deflate-alpha.tif", picture("RGBA"), compression="tiff_adobe_deflate")
save("tiff-pages.tif", picture(), save_all=True, append_images=[picture().rotate(180)])
save("tiff-grey.tif", picture("L"))
