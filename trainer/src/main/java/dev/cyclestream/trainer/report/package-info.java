/** The pages and pictures to look at while a run trains. Enter at {@link dev.cyclestream.trainer.report.SampleGrid}. */
package dev.cyclestream.trainer.report;
