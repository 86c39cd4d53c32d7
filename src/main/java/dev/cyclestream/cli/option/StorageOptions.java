package dev.cyclestream.cli.option;

import dev.cyclestream.cli.value.BucketName;
import dev.cyclestream.cli.value.RegionName;
import dev.cyclestream.cli.value.ResultStore;
import dev.cyclestream.cli.value.ServiceUrl;
import dev.cyclestream.option.ByteSize;
import dev.cyclestream.option.InputFolder;
import dev.cyclestream.option.Range;
import dev.cyclestream.storage.FileFetch;
import dev.cyclestream.storage.ImageStores;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Images outside of records. */
public final class StorageOptions {

    private static final long LARGEST_FILE = 1L << 30;

    @Option(
            names = "--image-root",
            paramLabel = "DIR",
            split = ",",
            description = "Folder that file: references may point into; several with commas between. Default: none.")
    private List<InputFolder> roots = List.of();

    @Option(
            names = "--image-bucket",
            paramLabel = "BUCKET",
            split = ",",
            description = "Bucket that s3: references may point into; several with commas between. Default: none.")
    private List<BucketName> buckets = List.of();

    @Option(names = "--s3-endpoint", paramLabel = "URL", description = "An S3-compatible service other than Amazon's.")
    private Optional<ServiceUrl> s3Endpoint;

    @Option(names = "--s3-region", defaultValue = "us-east-1", description = "Region of the buckets.")
    private RegionName s3Region;

    @Option(
            names = "--store-results",
            paramLabel = "URI",
            description =
                    "Store for large results, under their SHA-256: file:///DIR/ or s3://BUCKET/PREFIX. Default: none do.")
    private Optional<ResultStore> storeResults;

    @Option(
            names = "--store-above",
            defaultValue = "1MiB",
            paramLabel = "SIZE",
            description = "Results up to this size stay in the record.")
    @Range(from = "0B", to = "2047MiB")
    private ByteSize storeAbove;

    /** The way to files other than images, such as checkpoints. */
    public FileFetch fetch() {
        return new FileFetch(s3Endpoint.map(ServiceUrl::uri), s3Region.value(), LARGEST_FILE);
    }

    public ImageStores stores(int maxImageBytes) {
        return new ImageStores(
                new ImageStores.Allowed(
                        roots.stream().map(InputFolder::path).toList(),
                        buckets.stream().map(BucketName::value).toList(),
                        s3Endpoint.map(ServiceUrl::uri),
                        s3Region.value()),
                maxImageBytes,
                storeResults.map(store -> new ImageStores.Results(store.uri(), storeAbove.length())));
    }
}
