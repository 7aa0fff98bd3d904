package org.physionet.provisioner.app.output.html;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.physionet.provisioner.app.output.Column;

/**
 * One page of HTML, in the making. It loads nothing and runs nothing, and its content security policy says so: a name that
 * slipped through would still be text. Everything given to it is text, never markup, but for charts.
 */
public final class Page {
    private static final String STYLE = """
            body{font:14px/1.45 system-ui,sans-serif;color:#1c2430;margin:2rem auto;max-width:1200px;padding:0 1rem}
            h1{font-size:1.5rem;margin:0 0 .5rem}h2{font-size:1.1rem;margin:2rem 0 .5rem}
            dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0}dt{color:#55606e}dd{margin:0}
            table{border-collapse:collapse;width:100%;font-size:12px}
            th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #d8dee6;overflow-wrap:break-word}
            td{overflow-wrap:anywhere}
            th{border-bottom:2px solid #1c2430}time{white-space:nowrap}
            code,pre{font:12px/1.45 ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}
            svg{max-width:100%;height:auto}p{max-width:80ch}.none{color:#55606e}
            @page{size:landscape;margin:12mm}
            @media print{body{margin:0;max-width:none;padding:0}table{font-size:9px}thead{display:table-header-group}tr,svg{break-inside:avoid}}
            """;

    private final StringBuilder html = new StringBuilder(1 << 16);

    public Page(String title) {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-")
                .append(hash())
                .append("'; base-uri 'none'; form-action 'none'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
                .append(Markup.text(title))
                .append("</title>\n<style>")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>")
                .append(Markup.text(title))
                .append("</h1>\n");
    }

    private static String hash() {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(STYLE.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Names and what they are. */
    public Page facts(SequencedMap<String, String> facts) {
        html.append("<dl>\n");
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            html.append("<dt>")
                    .append(Markup.text(fact.getKey()))
                    .append("</dt><dd>")
                    .append(Markup.text(fact.getValue()))
                    .append("</dd>\n");
        }
        html.append("</dl>\n");
        return this;
    }

    public Page heading(String text) {
        html.append("<h2>").append(Markup.text(text)).append("</h2>\n");
        return this;
    }

    public Page paragraph(String text) {
        html.append("<p>").append(Markup.text(text)).append("</p>\n");
        return this;
    }

    /** Something to type. */
    public Page commands(String text) {
        html.append("<pre>");
        text.lines().forEach(line -> html.append(Markup.text(line)).append('\n'));
        html.append("</pre>\n");
        return this;
    }

    /** Says so if there are no rows. */
    public <T> Page table(List<Column<T>> columns, List<T> rows) {
        if (rows.isEmpty()) {
            html.append("<p class=\"none\">none</p>\n");
            return this;
        }
        html.append("<table>\n<thead><tr>");
        columns.forEach(column ->
                html.append("<th>").append(Markup.text(column.heading())).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (T row : rows) {
            html.append("<tr>");
            columns.forEach(column -> html.append("<td>")
                    .append(Markup.cell(column.value().apply(row)))
                    .append("</td>"));
            html.append("</tr>\n");
        }
        html.append("</tbody>\n</table>\n");
        return this;
    }

    public Page chart(Chart chart) {
        html.append(chart.svg());
        return this;
    }

    /** The whole page. */
    public String text() {
        return html + "</body>\n</html>\n";
    }
}
