package org.physionet.provisioner.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private record Row(String name, @Nullable Instant expiresAt, List<String> reasons, long count, boolean allowed) {}

    private static final List<Column<Row>> COLUMNS = List.of(
            Column.text("name", Row::name),
            Column.instant("expiresAt", Row::expiresAt),
            Column.texts("reasons", Row::reasons),
            Column.number("count", Row::count),
            Column.flag("allowed", Row::allowed),
            Column.object("parts", r -> new Fields().text("of", r.name())));

    private static final Row ADA = new Row("ada", Instant.parse("2027-05-01T00:00:00.000001Z"), List.of(), 3, true);
    private static final Row BOB = new Row("bob", null, List.of("dua_unsigned", "inactive"), 0, false);

    private static String print(Format format, int columns, Row... rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
        new Answer(format, stream, columns, new Paint(false)).rows(COLUMNS, Stream.of(rows));
        stream.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void ndjsonIsOneObjectALineWithMicrosecondsKept() {
        assertThat(print(Format.NDJSON, 0, ADA, BOB)).isEqualTo("""
                        {"name":"ada","expiresAt":"2027-05-01T00:00:00.000001Z","reasons":[],"count":3,"allowed":true,"parts":{"of":"ada"}}
                        {"name":"bob","expiresAt":null,"reasons":["dua_unsigned","inactive"],"count":0,"allowed":false,"parts":{"of":"bob"}}
                        """);
    }

    @Test
    void jsonIsOneArray() {
        assertThat(print(Format.JSON, 0, ADA, BOB))
                .startsWith("[\n  {\"name\":\"ada\"")
                .contains(",\n  {\"name\":\"bob\"")
                .endsWith("}\n]\n");
        assertThat(print(Format.JSON, 0)).isEqualTo("[]\n");
        assertThat(print(Format.NDJSON, 0)).isEmpty();
    }

    @Test
    void noFormatLetsANameMoveTheCursorOrTurnTheWriting() {
        Row hostile = new Row("a\u001b[2J\u009b1m\u202eb\rc\u007f", null, List.of(), 1, true);
        for (Format format : Format.values()) {
            assertThat(print(format, 0, hostile))
                    .as(format.name())
                    .matches("[\\n\\x20-\\x7e]*")
                    .containsIgnoringCase("\\u202e");
        }
        assertThat(print(Format.NDJSON, 0, hostile)).contains("\"a\\u001B[2J\\u009B1m\\u202Eb\\rc\\u007F\"");
    }

    @Test
    void csvHasAHeadAndQuotesWhatNeedsIt() {
        assertThat(print(Format.CSV, 0, new Row("a \"b\", c\nd", null, List.of("x", "y"), 1, true)))
                .isEqualTo("name,expiresAt,reasons,count,allowed\n\"a \"\"b\"\", c\nd\",,x;y,1,true\n");
    }

    @Test
    void csvKeepsSpreadsheetsFromRunningNames() {
        for (String name : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1")) {
            assertThat(print(Format.CSV, 0, new Row(name, null, List.of(), 0, true)))
                    .as(name)
                    .contains("'" + name);
        }
    }

    @Test
    void aTableAlignsItsColumnsAndShowsNothingForNoRows() {
        assertThat(print(Format.TABLE, 0, ADA, BOB))
                .isEqualTo("""
                        NAME  EXPIRES AT            REASONS                 COUNT  ALLOWED
                        ada   2027-05-01 00:00:00Z  -                       3      yes
                        bob   -                     dua_unsigned, inactive  0      no
                        """.replace("-                       3", "                        3"));
        assertThat(print(Format.TABLE, 0)).isEmpty();
    }

    @Test
    void aTableFitsTheTerminalAndLosesNothing() {
        String table = print(Format.TABLE, 60, ADA, BOB);
        assertThat(table.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
        assertThat(table.replaceAll("\\s+", "")).contains("inactive").contains("dua_unsigned");
    }

    @Test
    void whatPeopleCopyIsNeverBrokenAndWithoutRoomForItEachRowIsAParagraph() {
        String table = print(Format.TABLE, 30, ADA, BOB);
        assertThat(table).contains("NAME        ada", "EXPIRES AT  2027-05-01", "COUNT       3");
        assertThat(table.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(30));
    }

    @Test
    void aNameCanNotMoveTheCursorOrTurnTheWritingDirection() {
        String table = print(Format.TABLE, 0, new Row("evil\u001b[2J\u202e\r", null, List.of(), 0, false));
        assertThat(table)
                .contains("evil\\u001b[2J\\u202e\\u000d")
                .doesNotContain("\u001b")
                .doesNotContain("\u202e");
    }

    @Test
    void wideAndCombiningCharactersKeepTheColumnsStraight() {
        String table = print(
                Format.TABLE,
                0,
                new Row("漢字", null, List.of(), 1, true),
                new Row("e\u0301a", null, List.of(), 2, true),
                new Row("abcd", null, List.of(), 3, true));
        List<String> lines = table.lines().skip(1).toList();
        assertThat(lines)
                .extracting(l -> Visible.width(l.substring(0, l.indexOf("yes"))))
                .containsOnly(Visible.width(
                        lines.getFirst().substring(0, lines.getFirst().indexOf("yes"))));
    }
}
