"""Makes the fonts of this folder smaller ones of the same: only what a bill may have to say.

    pip install fonttools==4.68.0 && python subset.py FOLDER

FOLDER has the unpacked npm packages @expo-google-fonts/noto-sans 0.4.2, noto-sans-arabic 0.4.3,
noto-sans-hebrew 0.4.1, noto-sans-sc 0.4.3 and noto-sans-kr 0.4.3, each under its own name.
"""

import sys
from pathlib import Path

from fontTools import subset

HERE = Path(__file__).parent
ROW = range(0xA1, 0xFF)

# Latin, Greek and Cyrillic with all their accents, punctuation, currencies, a few signs.
WESTERN = [(0x20, 0x52F), (0x1E00, 0x1FFF), (0x2000, 0x20CF), (0x2100, 0x214F), (0x2190, 0x2193)]
WESTERN += [(0x2212, 0x2212), (0x2260, 0x2265), (0x25CC, 0x25CC), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD)]
ARABIC = [(0x20, 0x7E), (0xA0, 0xA0), (0x600, 0x6FF), (0x750, 0x77F), (0x200C, 0x200F), (0x25CC, 0x25CC)]
HEBREW = [(0x20, 0x7E), (0xA0, 0xA0), (0x590, 0x5FF), (0x200C, 0x200F), (0x20AA, 0x20AA), (0x25CC, 0x25CC)]


def ranges(pairs):
    return {code for first, last in pairs for code in range(first, last + 1)}


def rows(codec, first, last):
    """The characters of some rows of a national standard."""
    found = set()
    for row in range(first, last + 1):
        for column in ROW:
            found |= set(map(ord, bytes([row, column]).decode(codec, "ignore")))
    return found


# Japanese and simplified Chinese: signs, kana of both widths, and the first level of JIS X 0208 and of GB 2312.
HAN = rows("euc_jp", 0xA1, 0xA8) | rows("euc_jp", 0xB0, 0xCF) | rows("gb2312", 0xB0, 0xD7)
HAN |= rows("gb2312", 0xA1, 0xA3) | ranges([(0x3000, 0x30FF), (0xFF00, 0xFFEE)])
# Korean: the syllables of KS X 1001 and the letters that they are made of.
HANGUL = rows("euc_kr", 0xA4, 0xA4) | rows("euc_kr", 0xB0, 0xC8)

FACES = [
    ("noto-sans", "400Regular/NotoSans_400Regular", ranges(WESTERN)),
    ("noto-sans", "600SemiBold/NotoSans_600SemiBold", ranges(WESTERN)),
    ("noto-sans-arabic", "400Regular/NotoSansArabic_400Regular", ranges(ARABIC)),
    ("noto-sans-hebrew", "400Regular/NotoSansHebrew_400Regular", ranges(HEBREW)),
    ("noto-sans-sc", "400Regular/NotoSansSC_400Regular", HAN),
    ("noto-sans-kr", "400Regular/NotoSansKR_400Regular", HANGUL),
]
# Ligatures are left out: a number that is copied from a bill has each of its letters.
FEATURES = ["ccmp", "locl", "mark", "mkmk", "kern", "init", "medi", "fina", "isol", "rlig", "calt"]


def main():
    for package, file, codes in FACES:
        options = subset.Options()
        options.hinting = False
        options.notdef_outline = True
        options.layout_features = FEATURES
        options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
        font = subset.load_font(Path(sys.argv[1], package, f"{file}.ttf"), options)
        smaller = subset.Subsetter(options)
        smaller.populate(unicodes=codes)
        smaller.subset(font)
        target = HERE / (Path(file).name.replace("_400", "-").replace("_600", "-") + ".ttf")
        subset.save_font(font, target, options)
        print(f"{target.name}: {target.stat().st_size:,} bytes, {len(codes)} characters asked for")


if __name__ == "__main__":
    main()
