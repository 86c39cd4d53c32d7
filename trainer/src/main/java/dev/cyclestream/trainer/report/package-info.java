/** What one looks at while it trains. Enter at {@link dev.cyclestream.trainer.report.SampleGrid}. */
package dev.cyclestream.trainer.report;
