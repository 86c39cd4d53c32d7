package dev.cyclestream.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An image in a folder that events may refer to, and references beside it that lead nowhere. */
record StoredImage(Path folder) {

    /** Writes it, and returns its bytes. */
    byte[] write() throws IOException {
        byte[] image = TestImages.png(8);
        Files.write(folder.resolve("good.png"), image);
        return image;
    }

    String uri() {
        return folder.toUri() + "good.png";
    }

    List<String> nowhere() {
        return List.of(
                "file:///x/passwd/y",
                "file:///etc/passwd",
                "file:",
                "file://host/x",
                "file:///%00",
                folder.toUri() + "missing.png",
                folder.toUri() + "../../../etc/passwd",
                folder.toUri().toString(),
                folder.toUri() + "a\nERROR forged line",
                folder.toUri() + "x".repeat(5000),
                uri() + "/y",
                "s3://bucket/",
                "s3://bucket",
                "s3://other/key",
                "s3:///key",
                "s3:key",
                "relative/path.png",
                "",
                "http://localhost/x.png",
                "\u0000",
                "not a uri");
    }
}
