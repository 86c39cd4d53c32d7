package dev.cyclestream.cli;

import dev.cyclestream.storage.ImageStores;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Images outside of records. */
final class StorageOptions {

    @Option(
            names = "--image-root",
            paramLabel = "DIR",
            split = ",",
            description = "Folder that file: references may point into; several with commas between. Default: none.")
    private List<Path> roots = List.of();

    @Option(
            names = "--image-bucket",
            paramLabel = "BUCKET",
            split = ",",
            description = "Bucket that s3: references may point into; several with commas between. Default: none.")
    private List<String> buckets = List.of();

    @Option(names = "--s3-endpoint", paramLabel = "URL", description = "An S3-compatible service other than Amazon's.")
    private Optional<URI> s3Endpoint;

    @Option(names = "--s3-region", defaultValue = "us-east-1", description = "Region of the buckets.")
    private String s3Region;

    @Option(
            names = "--store-results",
            paramLabel = "URI",
            description =
                    "Where large results go, under their SHA-256: file:///DIR/ or s3://BUCKET/PREFIX. Default: none do.")
    private Optional<URI> storeResults;

    @Option(
            names = "--store-above",
            defaultValue = "1MiB",
            paramLabel = "SIZE",
            description = "Results up to this size stay in the record.")
    private ByteSize storeAbove;

    ImageStores stores(int maxImageBytes) {
        return new ImageStores(
                new ImageStores.Allowed(roots, buckets, s3Endpoint, s3Region),
                maxImageBytes,
                storeResults.map(folder -> new ImageStores.Results(folder, storeAbove.asLength("--store-above"))));
    }
}
