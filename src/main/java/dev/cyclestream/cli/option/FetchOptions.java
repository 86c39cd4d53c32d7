package dev.cyclestream.cli.option;

import dev.cyclestream.cli.value.RegionName;
import dev.cyclestream.cli.value.ServiceUrl;
import dev.cyclestream.option.ByteSize;
import dev.cyclestream.option.Range;
import dev.cyclestream.storage.FileFetch;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options for bringing a file from elsewhere. */
public final class FetchOptions {

    @Option(names = "--s3-endpoint", paramLabel = "URL", description = "An S3-compatible service other than Amazon's.")
    private Optional<ServiceUrl> s3Endpoint;

    @Option(names = "--s3-region", defaultValue = "us-east-1", description = "Region of the bucket.")
    private RegionName s3Region;

    @Option(names = "--max-bytes", defaultValue = "1024MiB", paramLabel = "SIZE", description = "Largest file.")
    @Range(from = "1B")
    private ByteSize maxBytes;

    public FileFetch fetch() {
        return new FileFetch(s3Endpoint.map(ServiceUrl::uri), s3Region.value(), maxBytes.bytes());
    }
}
