#!/usr/bin/env python3
"""L1 and SSIM of pairs of pictures, computed apart from the Java code: with the whole two-dimensional Gaussian window of
11 x 11 (deviation 1.5) and scipy's convolution, where it fits. Needs numpy, scipy and Pillow; run in this folder."""
import json
from pathlib import Path

import numpy as np
from PIL import Image
from scipy.signal import convolve2d

IMAGES = Path(__file__).parent.parent / "images"
PAIRS = [
    ("png-RGB.png.expected.png", "jpeg-baseline.jpg.expected.png"),
    ("png-RGB.png.expected.png", "jpeg-cmyk.jpg.expected.png"),
    ("png-RGB.png.expected.png", "png-2-bit.png.expected.png"),
    ("png-RGB.png.expected.png", "png-RGB.png.expected.png"),
    ("jpeg-grey.jpg.expected.png", "bmp-24.bmp.expected.png"),
]

axis = np.arange(11) - 5
line = np.exp(-axis**2 / (2 * 1.5**2))
window = np.outer(line, line) / line.sum() ** 2


def mean(plane):
    return convolve2d(plane, window, mode="valid")


def ssim(x, y):
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    mx, my = mean(x), mean(y)
    vx, vy, cov = mean(x * x) - mx**2, mean(y * y) - my**2, mean(x * y) - mx * my
    return (((2 * mx * my + c1) * (2 * cov + c2)) / ((mx**2 + my**2 + c1) * (vx + vy + c2))).mean()


def load(name):
    return np.asarray(Image.open(IMAGES / name).convert("RGB"), dtype=np.float64)


result = []
for left, right in PAIRS:
    x, y = load(left), load(right)
    scaled = np.abs((x / 127.5 - 1) - (y / 127.5 - 1))
    result.append({
        "left": left, "right": right, "l1": scaled.mean(),
        "ssim": np.mean([ssim(x[:, :, c], y[:, :, c]) for c in range(3)]),
    })
Path(__file__).with_name("distances.json").write_text(json.dumps(result, indent=2) + "\n")
