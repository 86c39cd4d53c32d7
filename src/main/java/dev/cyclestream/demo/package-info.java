/**
 * The demonstration: pictures that it draws itself, sent through a real broker in the same process and back again.
 *
 * <p>Enter at {@link dev.cyclestream.demo.Demo}.
 */
package dev.cyclestream.demo;
