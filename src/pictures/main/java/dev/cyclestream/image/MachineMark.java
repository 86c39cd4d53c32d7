package dev.cyclestream.image;

import java.nio.charset.StandardCharsets;

/**
 * Marks a picture as made by a machine, and says by which: an XMP packet with the terms of the IPTC Photo Metadata Standard
 * 2025.1.
 *
 * @param system what made it, such as {@code Cyclestream}
 * @param version which checkpoint and which build
 */
public record MachineMark(String system, String version) {

    private static final String SOURCE_TYPE = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia";

    private static final String PACKET = """
            <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>\
            <x:xmpmeta xmlns:x="adobe:ns:meta/">\
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\
            <rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" \
            Iptc4xmpExt:DigitalSourceType="%s" \
            Iptc4xmpExt:AISystemUsed="%s" \
            Iptc4xmpExt:AISystemVersionUsed="%s"/>\
            </rdf:RDF></x:xmpmeta><?xpacket end="r"?>\
            """;

    /** The XMP packet in UTF-8. */
    byte[] packet() {
        return PACKET.formatted(SOURCE_TYPE, escape(system), escape(version)).getBytes(StandardCharsets.UTF_8);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
