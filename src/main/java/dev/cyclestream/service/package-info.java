/**
 * An instance of the application, wired, owned and closed in one place, and how it comes to an end. Enter at {@link
 * dev.cyclestream.service.Instance}.
 */
package dev.cyclestream.service;
