/**
 * Images that are kept outside of records: read by reference, within what is allowed, and results that are too large for a
 * record. The only home of the AWS SDK.
 *
 * <p>Enter at {@link dev.cyclestream.storage.ImageStores}. {@link dev.cyclestream.storage.FileFetch} brings checkpoints from the
 * same places, before an instance starts.
 */
package dev.cyclestream.storage;
