/**
 * Pages that one opens from the file system, and that load nothing from elsewhere: the templates lie in {@code main/jte} and
 * are compiled with the module; they share one style and one script. Text is escaped for the place where it stands.
 *
 * <p>Enter at {@link dev.cyclestream.page.Pages}.
 */
package dev.cyclestream.page;
