package dev.cyclestream.storage;

import java.net.URI;

/** One kind of storage; safe for use by several threads. */
interface ImageStore extends AutoCloseable {

    /** Scheme of the URIs that it knows, such as {@code s3}. */
    String scheme();

    /**
     * Reads an object.
     *
     * @param size of it in bytes; one of another size is refused before it is read
     * @throws ReferenceRejectedException if it may not be read, is not there, or has another size
     * @throws StorageUnreachableException if the store does not answer
     */
    byte[] read(URI uri, int size);

    /**
     * Writes an object, or leaves it if it is there: equal names have equal contents.
     *
     * @param folder that results go to
     * @param name below it
     * @return where it is
     * @throws StorageUnreachableException if the store does not take it
     */
    URI write(URI folder, String name, String contentType, byte[] content);

    @Override
    void close();
}
