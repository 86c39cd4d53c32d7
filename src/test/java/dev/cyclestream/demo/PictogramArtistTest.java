package dev.cyclestream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cyclestream.demo.PictogramArtist.Drawing;
import dev.cyclestream.picture.Picture;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PictogramArtistTest {

    @Test
    void thereAreAtLeastTwentyFourDifferentPictograms() {
        List<Drawing> drawings = new PictogramArtist(1).draw(Pictogram.values().length);
        assertThat(drawings).hasSizeGreaterThanOrEqualTo(24);
        assertThat(drawings.stream().map(Drawing::image).collect(Collectors.toSet()))
                .hasSameSizeAs(drawings);
        assertThat(drawings.stream().map(Drawing::name).collect(Collectors.toSet()))
                .hasSameSizeAs(drawings);
    }

    @Test
    void everyPictogramStandsOutFromWhite() {
        for (Drawing drawing : new PictogramArtist(2).draw(Pictogram.values().length)) {
            double coloured = colouredPart(drawing.image());
            assertThat(coloured).as(drawing.name()).isBetween(0.1, 0.95);
        }
    }

    @Test
    void sameSeedDrawsTheSame() {
        assertThat(new PictogramArtist(7).draw(50)).isEqualTo(new PictogramArtist(7).draw(50));
    }

    @Test
    void seedAndRoundVaryTheDrawings() {
        Set<Picture> images = new HashSet<>();
        int count = 3 * Pictogram.values().length;
        for (long seed = 0; seed < 3; seed++) {
            new PictogramArtist(seed).draw(count).forEach(drawing -> images.add(drawing.image()));
        }
        assertThat(images).hasSize(3 * count);
    }

    private static double colouredPart(Picture image) {
        ByteBuffer samples = image.samples();
        int coloured = 0;
        for (int pixel = 0; pixel < image.width() * image.height(); pixel++) {
            int darkest = 255;
            for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                darkest = Math.min(darkest, samples.get(pixel * Picture.CHANNELS + channel) & 0xFF);
            }
            coloured += darkest < 240 ? 1 : 0;
        }
        return (double) coloured / (image.width() * image.height());
    }
}
