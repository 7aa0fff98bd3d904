package org.physionet.provisioner.simulator.aws.wire;

import java.util.function.Consumer;

/** Writes XML elements in order. */
public final class Xml {
    private final StringBuilder text = new StringBuilder();

    /** A whole document. */
    public static String document(String root, String namespace, Consumer<Xml> content) {
        Xml xml = new Xml();
        content.accept(xml);
        String attribute = namespace.isEmpty() ? "" : " xmlns=\"" + namespace + "\"";
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<" + root + attribute + ">" + xml.text + "</" + root + ">";
    }

    public Xml text(String name, Object value) {
        text.append('<')
                .append(name)
                .append('>')
                .append(escape(value.toString()))
                .append("</");
        text.append(name).append('>');
        return this;
    }

    public Xml element(String name, Consumer<Xml> content) {
        text.append('<').append(name).append('>');
        content.accept(this);
        text.append("</").append(name).append('>');
        return this;
    }

    /** Markup that is already XML. */
    public Xml raw(String markup) {
        text.append(markup);
        return this;
    }

    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\r' -> escaped.append("&#13;");
                default -> escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
