package dev.cyclestream.image.tiff;

import dev.cyclestream.image.ImageRejectedException;
import dev.cyclestream.image.color.ColorProfile;
import dev.cyclestream.image.decoding.RowImage;
import dev.cyclestream.image.tiff.TiffPlane.Storage;
import java.awt.image.ColorModel;
import java.awt.image.WritableRaster;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The first image of a TIFF, of any number of bits a sample. The library only undoes compression: it shows 6 to 14 bits too dark,
 * takes floating point for linear light, and refuses what has other numbers, palettes or opacity.
 */
final class TiffImage implements RowImage {

    private final TiffDirectory directory;
    private final TiffLayout layout;
    private final TiffTiles tiles;
    private final TiffColors colors;
    private final int predictor;

    private TiffImage(TiffDirectory directory, TiffLayout layout) {
        this.directory = directory;
        this.layout = layout;
        this.tiles = new TiffTiles(directory, layout);
        this.colors = new TiffColors(directory, layout);
        this.predictor = (int) directory.number(TiffTag.PREDICTOR, 1);
    }

    /** @throws ImageRejectedException if the directory is damaged, or of a kind that is not read */
    static TiffImage of(TiffDirectory directory) {
        TiffImage image = new TiffImage(directory, TiffLayout.of(directory));
        image.requireReadable();
        return image;
    }

    private void requireReadable() {
        int[] bits = layout.bits();
        boolean bytes = Arrays.stream(bits).allMatch(count -> count == bits[0] && count % Byte.SIZE == 0);
        if (predictor < 1 || predictor > 3) {
            throw TiffKinds.unsupported("predictor " + predictor);
        }
        if (predictor == 3 && !bytes) {
            throw TiffDirectory.damaged(
                    "floating point differences: expected whole bytes, found " + Arrays.toString(bits));
        }
        if (layout.isSubsampled() && !bytes) {
            throw TiffKinds.unsupported("shared colours of %d bits".formatted(bits[0]));
        }
        if (layout.isSubsampled() && !layout.planar() && (layout.samples() != 3 || predictor != 1)) {
            throw TiffKinds.unsupported("shared colours with opacity or differences");
        }
    }

    @Override
    public int width() {
        return layout.width();
    }

    @Override
    public int height() {
        return layout.height();
    }

    @Override
    public ColorModel colors() {
        return colors.model();
    }

    @Override
    public Optional<ColorProfile> profile() {
        return colors.takeProfile() ? directory.profile() : Optional.empty();
    }

    @Override
    public int tileHeight() {
        return layout.across() > 1 ? layout.tileHeight() : 1;
    }

    @Override
    public long memory() {
        return tiles.memory();
    }

    @Override
    public void readInto(WritableRaster destination) throws IOException {
        for (int down = 0; down < layout.down(); down++) {
            for (int across = 0; across < layout.across(); across++) {
                int tile = down * layout.across() + across;
                try {
                    readTile(tile, across * layout.tileWidth(), down * layout.tileHeight(), destination);
                } catch (EOFException e) {
                    throw TiffDirectory.damaged(
                            "strip or tile %d of %d is cut off".formatted(tile + 1, layout.down() * layout.across()));
                }
            }
        }
    }

    private void readTile(int tile, int left, int top, WritableRaster destination) throws IOException {
        int rows = Math.min(layout.tileHeight(), layout.height() - top);
        int columns = Math.min(layout.tileWidth(), layout.width() - left);
        TiffPlane[] planes = planes(tile, columns, rows);
        int[] samples = new int[columns * layout.samples()];
        WritableRaster row = colors.model().createCompatibleWritableRaster(columns, 1);
        int[] looks = new int[columns * row.getNumBands()];
        for (int y = 0; y < rows; y++) {
            for (int plane = 0; plane < planes.length; plane++) {
                planes[plane].read(y, samples, plane, planes.length);
            }
            colors.convert(samples, layout.samples(), looks);
            row.setPixels(0, 0, columns, 1, looks);
            destination.setRect(left, top + y, row);
        }
    }

    /** One, or one for each sample. */
    private TiffPlane[] planes(int tile, int columns, int rows) throws IOException {
        if (!layout.planar()) {
            Storage storage = layout.isSubsampled() ? Storage.BLOCKS : Storage.PLAIN;
            return new TiffPlane[] {plane(tile, layout.bits(), layout.formats(), storage, columns, rows)};
        }
        TiffPlane[] planes = new TiffPlane[layout.samples()];
        for (int i = 0; i < planes.length; i++) {
            int[] bits = {layout.bits()[i]};
            int[] formats = {layout.formats()[i]};
            Storage storage = layout.isSubsampled() && (i == 1 || i == 2) ? Storage.SHARED : Storage.PLAIN;
            planes[i] = plane(tile + i * layout.across() * layout.down(), bits, formats, storage, columns, rows);
        }
        return planes;
    }

    private TiffPlane plane(int tile, int[] bits, int[] formats, Storage storage, int columns, int rows)
            throws IOException {
        TiffSamples samples = new TiffSamples(
                bits, formats, predictor, directory.file().order(), colors.brightest(), colors.isPalette());
        return TiffPlane.open(tiles, tile, samples, layout, storage, bits.length, columns, rows);
    }
}
