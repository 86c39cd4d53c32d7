/**
 * Folders of images, and the pages and sheets that one looks at. Enter at
 * {@link dev.cyclestream.gallery.ImageFolder} and {@link dev.cyclestream.gallery.GalleryPage}.
 */
package dev.cyclestream.gallery;
