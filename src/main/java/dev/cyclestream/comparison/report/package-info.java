/**
 * The report of a comparison: a page to look at, JSON for programs, a few lines for the terminal. Enter at {@link
 * dev.cyclestream.comparison.report.ReportFolder}.
 */
package dev.cyclestream.comparison.report;
