package dev.cyclestream.page;

import dev.cyclestream.option.OneLine;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.WriterOutput;
import java.io.Writer;

/** The escaped text of a page, with all written out that breaks lines, turns what is around it, or is not seen at all. */
final class ShownOutput extends OwaspHtmlTemplateOutput {

    ShownOutput(Writer writer) {
        super(new WriterOutput(writer));
    }

    @Override
    public void writeUserContent(String value) {
        super.writeUserContent(value == null ? null : OneLine.shown(value));
    }
}
