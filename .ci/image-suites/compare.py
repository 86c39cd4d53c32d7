"""compare.py FOLDER [--write TABLE]: holds the translator's decoder against independent ones, file by file.

FOLDER has a subfolder for each suite. Every image in it is decoded by Decode.java and, independently, by Pillow (libjpeg-turbo,
libwebp, libtiff, littleCMS) and, where the two do not agree, by ImageMagick and by libvips. One that agrees is enough: on white,
the mean difference is below 2 of 255, no more than 1 % of the pixels are off by more than 40, and alpha likewise. Copies of the
file that are cut off must be refused, or come out like the whole.

What differs, is refused although others read it, is read although all others refuse it, or comes out other when it is cut off
must have a line in explained.tsv beside this file: suite/path, class, reason. The exit code is 1 if one has none, or if a line
explains what no longer happens.
"""
import collections
import io
import multiprocessing
import os
import re
import shutil
import subprocess
import sys
import warnings

import numpy as np
from PIL import Image, ImageCms, ImageOps

HERE = os.path.dirname(os.path.abspath(__file__))
SUFFIX = re.compile(r"\.(jpe?g|jpe|jfif|png|apng|gif|bmp|dib|rle|tiff?|webp|heic|heif|avif)$", re.I)
MEAN, FAR, FAR_SHARE = 2.0, 40, 0.01
LARGEST = 120_000_000
PORTION = 250  # files decoded at a time
CLASSES = ["equal", "refused by all", "kind not read", "over a limit", "differs", "refused, others read it", "read, others refuse it", "cut off, accepted"]
KINDS_NOT_READ = ("UNSUPPORTED_IMAGE", "NOT_AN_IMAGE")
LIMITS = ("IMAGE_TOO_LARGE", "IMAGE_TOO_SMALL", "DECODING_TOO_SLOW")
TO_EXPLAIN = CLASSES[4:]
SRGB = ImageCms.createProfile("sRGB")
SRGB_FILE = None  # set in main: ImageMagick and libvips want a file
HEADING = """# Image suites

`.ci/image-suites/run --write` compares the decoder with Pillow, ImageMagick and libvips, and writes this table. It takes the image suites
that Maven Central, npm and the sources of Debian's packages carry, and two that may lie beside the checkout. Of every file that is read, it also decodes copies that are cut off
after 25, 50, 75 and 95 %: they must be refused, or have all the pixels of the whole. `.ci/image-suites/explained.tsv` gives the reason
for every file in the last four columns.

"""
Image.MAX_IMAGE_PIXELS = None
warnings.simplefilter("ignore")


def with_alpha(samples):
    """Colour on white and alpha, as bytes (height, width, 3) and (height, width)."""
    if samples.dtype != np.uint8:
        samples = np.clip(np.round(samples), 0, 255).astype(np.uint8)
    colour, alpha = samples[..., :3], samples[..., 3]
    if alpha.min() < 255:
        share = alpha[..., None].astype(np.float32) / 255
        colour = np.round(colour * share + 255 * (1 - share)).astype(np.uint8)
    return colour, alpha


def by_pillow(path):
    with open(path, "rb") as file:
        image = Image.open(io.BytesIO(file.read()))
    if image.width * image.height > LARGEST:
        raise ValueError("too large")
    image.load()
    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    mode = image.mode
    if mode.startswith("I;16") or mode == "I":
        grey = np.asarray(image).astype(np.float64)
        if mode == "I" and grey.max() > 65535:
            raise ValueError("32 bits: left to others")
        grey = np.round(grey / 257)
        return with_alpha(np.dstack([grey, grey, grey, np.full_like(grey, 255)]))
    if mode in ("F", "LAB"):
        raise ValueError(mode + ": left to others")
    if profile:
        try:
            image = to_srgb(image, profile)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a broken profile is as good as none
    if image.mode == "CMYK":
        image = image.convert("RGB")
    return with_alpha(np.asarray(image.convert("RGBA")))


def to_srgb(image, profile):
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    alpha = image.convert("RGBA").getchannel("A") if image.mode in ("LA", "RGBA", "PA") or "transparency" in image.info else None
    space = source.profile.xcolor_space.strip()
    plain = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}[space]
    if space == "GRAY" and image.mode not in ("1", "L", "LA"):
        raise ValueError("a grey profile of a picture in colours")
    colour = ImageCms.profileToProfile(
        image.convert(plain), source, SRGB, renderingIntent=0, outputMode="RGB",
        flags=ImageCms.FLAGS["BLACKPOINTCOMPENSATION"])
    if alpha is not None:
        colour = colour.convert("RGBA")
        colour.putalpha(alpha)
    return colour


def run(*command):
    """What the command gives. One that says that it could not read everything has not read the file: what is left of its picture
    is whatever its memory held, which is another thing each time."""
    done = subprocess.run(command, capture_output=True, timeout=60)
    if done.returncode != 0 or re.search(rb"corrupt|premature|truncated|not enough|unexpected end|read error|error in tile", done.stderr, re.I):
        raise ValueError(done.stderr.decode("utf-8", "replace")[:200] or "exit code %d" % done.returncode)
    return done.stdout


def from_png(png):
    return with_alpha(np.asarray(Image.open(io.BytesIO(png)).convert("RGBA")))


def by_imagemagick(path, profile=True):
    convert = ["/usr/bin/convert", path + "[0]", "-auto-orient"] + (["-profile", SRGB_FILE] if profile else [])
    return from_png(run(*convert, "-colorspace", "sRGB", "-depth", "8", "PNG32:-"))


def by_imagemagick_without_profile(path):
    return by_imagemagick(path, profile=False)


def by_libvips(path):
    target = os.path.join(os.path.dirname(SRGB_FILE), "vips-%d.png" % os.getpid())
    try:
        run("/usr/bin/vips", "autorot", path, target + ".v")
        try:
            run("/usr/bin/vips", "icc_transform", target + ".v", target, SRGB_FILE, "--embedded", "--black-point-compensation")
        except ValueError:
            run("/usr/bin/vips", "colourspace", target + ".v", target, "srgb")
        with open(target, "rb") as file:
            return from_png(file.read())
    finally:
        for written in (target, target + ".v"):
            if os.path.exists(written):
                os.remove(written)


def ours(pixels):
    def read(name):
        with open(name, "rb") as file:
            kind, width, height, _ = file.readline().split()
            return np.frombuffer(file.read(), np.uint8).reshape(int(height), int(width), -1)
    colour = read(pixels + ".ppm")
    alpha = read(pixels + ".pgm")[..., 0] if os.path.exists(pixels + ".pgm") else np.full(colour.shape[:2], 255, np.uint8)
    return colour, alpha


def difference(left, right):
    """Mean difference, and the share of pixels that are far off; none if the sizes differ."""
    if left[0].shape != right[0].shape:
        return None
    colour, alpha = (np.maximum(one, other) - np.minimum(one, other) for one, other in zip(left, right))
    far = np.maximum(colour.max(axis=2), alpha) > FAR
    return max(colour.mean(), alpha.mean()), far.mean()


DECODERS = [
    ("Pillow", by_pillow), ("ImageMagick", by_imagemagick),
    ("ImageMagick without profiles", by_imagemagick_without_profile), ("libvips", by_libvips)]


def judge(task):
    path, outcome, message, cut, pixels = task
    if cut:
        return "cut off, accepted", "the first %s bytes come out, with other pixels" % cut
    if outcome in KINDS_NOT_READ or outcome in LIMITS:
        return classify(outcome, 0), message
    decoded = ours(pixels) if outcome == "decoded" else None
    said = []
    readers = 0
    for name, decode in DECODERS:
        if decode == by_imagemagick_without_profile and "ImageMagick refuses" in said:
            continue
        try:
            picture = decode(path)
        except subprocess.TimeoutExpired:
            said.append(name + " takes too long")
            continue
        except Exception as refusal:  # whatever a decoder throws: it does not read the file
            said.append("%s refuses" % name)
            continue
        readers += 1
        if decoded is None:
            return classify(outcome, readers), "%s reads %d x %d; %s" % (name, picture[0].shape[1], picture[0].shape[0], message)
        found = difference(decoded, picture)
        if found is None:
            said.append("%s reads %d x %d" % (name, picture[0].shape[1], picture[0].shape[0]))
        elif found[0] < MEAN and found[1] <= FAR_SHARE:
            return "equal", "%s: %.2f" % (name, found[0])
        else:
            said.append("%s: mean %.1f, far %.1f %%" % (name, found[0], 100 * found[1]))
    return classify(outcome, readers), "; ".join(said + [message])


def classify(outcome, readers):
    if outcome == "decoded":
        return "differs" if readers else "read, others refuse it"
    if outcome in KINDS_NOT_READ:
        return "kind not read"
    if outcome in LIMITS:
        return "over a limit"
    return "refused, others read it" if readers or outcome == "THROWN" else "refused by all"


def judged(files, pixels, pool):
    """Each file's task and what was found, in order. Pixels of all files would take gigabytes: those of one portion are deleted
    before the next is decoded."""
    for start in range(0, len(files), PORTION):
        os.makedirs(pixels)
        tasks = decode(files[start:start + PORTION], pixels)
        yield from zip(tasks, pool.imap(judge, tasks, chunksize=4))
        shutil.rmtree(pixels)


def decode(files, pixels):
    decoding = subprocess.run(
        ["java", "-Xmx3g", "-Djava.awt.headless=true", "-cp", os.environ.get("CYCLESTREAM_LIB", "src/target/lib/*"),
         os.path.join(HERE, "Decode.java"), pixels],
        input="\n".join(files).encode(), stdout=subprocess.PIPE, check=True)
    outcomes = [line.split("\t") for line in decoding.stdout.decode().splitlines()]
    if len(outcomes) != len(files):
        sys.exit("expected %d outcomes, found %d" % (len(files), len(outcomes)))
    return [(path, outcome, message, cut, os.path.join(pixels, str(line)))
            for line, (path, (outcome, message, cut)) in enumerate(zip(files, outcomes))]


def read_explained():
    explained = {}
    with open(os.path.join(HERE, "explained.tsv"), encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                name, kind, reason = line.rstrip("\n").split("\t")
                explained[name] = (kind, reason)
    return explained


def table(counts):
    lines = ["| suite | files | " + " | ".join(CLASSES) + " |", "|" + " --- |" * (len(CLASSES) + 2)]
    total = collections.Counter()
    for suite in sorted(counts):
        total.update(counts[suite])
        lines.append(row(suite, counts[suite]))
    return "\n".join(lines + [row("all", total)]) + "\n"


def row(name, count):
    return "| %s | %d | %s |" % (name, sum(count.values()), " | ".join(str(count[kind]) for kind in CLASSES))


def main():
    global SRGB_FILE
    folder = sys.argv[1]
    work = folder.rstrip("/") + "-decoded"
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    SRGB_FILE = os.path.join(work, "srgb.icc")
    with open(SRGB_FILE, "wb") as file:
        file.write(ImageCms.ImageCmsProfile(SRGB).tobytes())
    files = sorted(
        os.path.join(root, name) for root, _, names in os.walk(folder, followlinks=True) for name in names
        if SUFFIX.search(name) and os.path.isfile(os.path.join(root, name)))
    if not files:
        sys.exit(77)
    explained = read_explained()
    counts = collections.defaultdict(collections.Counter)
    failed = 0
    seen = {}
    with multiprocessing.Pool(2) as pool, open(os.path.join(work, "results.tsv"), "w", encoding="utf-8") as results:
        for task, (kind, detail) in judged(files, os.path.join(work, "pixels"), pool):
            name = os.path.relpath(task[0], folder)
            seen[name] = kind
            counts[name.split(os.sep)[0]][kind] += 1
            results.write("%s\t%s\t%s\t%s\n" % (name, kind, task[1], detail))
            if kind in TO_EXPLAIN and explained.get(name, ("",))[0] != kind:
                failed += 1
                print("NOT EXPLAINED: %s: %s: %s (%s)" % (name, kind, task[1], detail))
    for name, (kind, _) in explained.items():
        if name.split("/")[0] in counts and seen.get(name) != kind:
            failed += 1
            print("NO LONGER SO: %s: expected %s, found %s" % (name, kind, seen.get(name, "no such file")))
    text = table(counts)
    print(text)
    if "--write" in sys.argv:
        with open(sys.argv[sys.argv.index("--write") + 1], "w", encoding="utf-8") as file:
            file.write(HEADING + text)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
