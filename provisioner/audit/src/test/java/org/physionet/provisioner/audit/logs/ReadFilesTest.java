package org.physionet.provisioner.audit.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.access.KeptAccesses;

/** A file is read once. Whatever was read when, files tell the same as if all of them were read now. */
class ReadFilesTest {
    private static final String USAGE_HEADING =
            "\"time_micros\",\"c_ip\",\"c_ip_type\",\"c_ip_region\",\"cs_method\",\"cs_uri\",\"sc_status\",\"cs_bytes\",\"sc_bytes\","
                    + "\"time_taken_micros\",\"cs_host\",\"cs_referer\",\"cs_user_agent\",\"s_request_id\",\"cs_operation\",\"cs_bucket\",\"cs_object\"";

    @TempDir
    Path folder;

    private record Told(Intake intake, TreeSet<String> rows) {}

    private Told read(String provider, Path... files) throws IOException {
        List<Path> all = List.of(files);
        Path data = folder.resolve("data");
        try (Accesses accesses = new Accesses(folder.resolve("spill"));
                Accesses anew = new Accesses(folder.resolve("spill2"))) {
            Intake intake = new LogReading(
                            accesses,
                            provider,
                            new KeptAccesses(data.resolve("accesses")),
                            new ReadFiles(data.resolve("files")))
                    .read(all);
            Intake right = new LogReading(anew, provider).read(all);
            TreeSet<String> rows = rows(accesses);
            assertThat(rows).isEqualTo(rows(anew));
            assertThat(intake.lines()).isEqualTo(right.lines());
            assertThat(intake.read()).isEqualTo(right.read());
            assertThat(intake.rejected()).isEqualTo(right.rejected());
            assertThat(intake.duplicates()).isEqualTo(right.duplicates());
            assertThat(intake.files()).isEqualTo(all.size());
            return new Told(intake, rows);
        }
    }

    private static TreeSet<String> rows(Accesses accesses) {
        TreeSet<String> rows = new TreeSet<>();
        accesses.each(
                "select id, moment, principal, bucket, key, bytes, allowed from access",
                row -> rows.add(row.getString(1)
                        + row.getString(2)
                        + row.getString(3)
                        + row.getString(4)
                        + row.getString(5)
                        + row.getString(6)
                        + row.getString(7)));
        return rows;
    }

    private Path write(String name, int from, int to) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = from; i < to; i++) {
            lines.add(LanesTest.line(i, "aws-cli/2.15"));
        }
        return Files.write(folder.resolve(name), lines);
    }

    @Test
    void onlyNewFilesAreOpenedAndTheAnswerIsThatOfAll() throws IOException {
        Path one = write("one.log", 0, 40);
        Path two = write("two.log", 30, 60);
        assertThat(read("aws", one).intake().before()).isZero();
        Told both = read("aws", one, two);
        assertThat(both.intake().before()).isEqualTo(1);
        assertThat(both.intake().fast()).isEqualTo(30);
        assertThat(both.rows()).hasSize(60);
        assertThat(both.intake().duplicates()).isEqualTo(10);
        Told again = read("aws", one, two);
        assertThat(again.intake().before()).isEqualTo(2);
        assertThat(again.intake().fast()).as("no line is parsed").isZero();
        assertThat(again.rows()).isEqualTo(both.rows());
        assertThat(read("aws", two).rows())
                .as("what another file told as well is not lost")
                .hasSize(30);
    }

    @Test
    void aFileThatGrewIsReadAgainAndItsOldStateCountsNoMore() throws IOException {
        Path file = write("grows.log", 0, 10);
        read("aws", file);
        Files.writeString(file, LanesTest.line(10, "-") + "\nno line of a log\n", StandardOpenOption.APPEND);
        Told grown = read("aws", file);
        assertThat(grown.intake().before()).isZero();
        assertThat(grown.rows()).hasSize(11);
        assertThat(grown.intake().rejected()).isEqualTo(1);
        assertThat(grown.intake().duplicates()).isZero();
        assertThat(read("aws", file).intake().rejected())
                .as("also when it is remembered")
                .isEqualTo(1);
    }

    @Test
    void aCopyThatComesLaterIsKnownByItsContentAndALateFileIsTakenIn() throws IOException {
        Path day = write("2026-02-06.log", 10, 20);
        read("aws", day);
        Path copy = Files.copy(day, folder.resolve("copy.log"));
        Told copied = read("aws", day, copy);
        assertThat(copied.intake().fast()).isZero();
        assertThat(copied.intake().sameFiles()).hasSize(1);
        Files.delete(day);
        assertThat(read("aws", copy).rows()).as("the first one is gone").hasSize(10);
        Path late = write("2026-02-05.log", 0, 12);
        assertThat(read("aws", copy, late).rows()).hasSize(20);
    }

    @Test
    void whatIsToldTwiceIsLookedForOnlyOnDaysOfNewFiles() throws IOException {
        Path first = write("first.log", 0, 20);
        Path second = Files.writeString(
                folder.resolve("second.log"),
                Files.readString(first).replace("06/Feb", "07/Feb").replace(" R0", " S0"));
        Path again = Files.writeString(folder.resolve("again.log"), Files.readString(first) + LanesTest.line(99, "-"));
        read("aws", first, second, again);
        Map<String, Set<String>> before = remembered();
        assertThat(before).containsOnlyKeys("day=2026-02-06", "day=2026-02-07");
        assertThat(read("aws", first, second, again).intake().duplicates()).isEqualTo(20);
        assertThat(remembered()).isEqualTo(before);
        Path late = Files.writeString(
                folder.resolve("late.log"),
                Files.readString(second) + LanesTest.line(99, "-").replace("06/Feb", "07/Feb"));
        assertThat(read("aws", first, second, again, late).intake().duplicates())
                .isEqualTo(40);
        assertThat(remembered().get("day=2026-02-06")).isEqualTo(before.get("day=2026-02-06"));
        assertThat(remembered().get("day=2026-02-07"))
                .hasSize(1)
                .doesNotContainAnyElementsOf(before.get("day=2026-02-07"));
    }

    /** By day. */
    private Map<String, Set<String>> remembered() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("data/accesses"))) {
            return all.filter(file -> file.toString().endsWith(".repeated"))
                    .collect(Collectors.groupingBy(
                            file -> file.getParent().getFileName().toString(),
                            Collectors.mapping(file -> file.getFileName().toString(), Collectors.toSet())));
        }
    }

    @Test
    void aRegisterThatWasCutOffCostsAReadingAndNoAccess() throws IOException {
        Path one = write("one.log", 0, 5);
        Path two = write("two.log", 5, 9);
        read("aws", one);
        read("aws", one, two);
        Path register = folder.resolve("data/files");
        String text = Files.readString(register);
        Files.writeString(register, text.substring(0, text.length() - 20));
        Told cut = read("aws", one, two);
        assertThat(cut.intake().before()).isEqualTo(1);
        assertThat(cut.rows()).hasSize(9);
        assertThat(read("aws", one, two).intake().before()).isEqualTo(2);
    }

    @Test
    void packedFilesTellTheSameAsPlainOnes() throws IOException {
        Path plain = write("plain.log", 0, 30);
        byte[] bytes = Files.readAllBytes(plain);
        Path gz = folder.resolve("packed.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
            out.write(bytes);
        }
        Path zst = folder.resolve("packed.zst");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zst))) {
            out.write(bytes);
        }
        TreeSet<String> right = read("aws", plain).rows();
        assertThat(right).hasSize(30);
        assertThat(read("aws", gz).rows()).isEqualTo(right);
        assertThat(read("aws", zst).rows()).isEqualTo(right);
        assertThat(read("aws", plain, gz, zst).intake().duplicates()).isEqualTo(60);
        assertThat(read("aws", plain, gz, zst).intake().before()).isEqualTo(3);
    }

    @Test
    void usageLogsOfCloudStorageGiveBytesAndNoNames() throws IOException {
        String row =
                "\"1770336000123456\",\"192.0.2.3\",\"1\",\"\",\"GET\",\"/o/a%%20b.csv\",\"%s\",\"0\",\"%d\",\"9\",\"storage.googleapis.com\","
                        + "\"\",\"agent with \"\"quotes\"\", and commas\",\"%s\",\"GET_Object\",\"data\",\"a b.csv\"";
        byte[] text = String.join(
                        "\n",
                        USAGE_HEADING,
                        row.formatted("200", 1000, "r1"),
                        row.formatted("206", 24, "r2"),
                        row.formatted("404", 5, "r3"),
                        row.formatted("200", 1, "r4").replace("\"data\",", ""),
                        "\"broken")
                .getBytes(StandardCharsets.UTF_8);
        Path plain = Files.write(folder.resolve("usage.csv"), text);
        Path zst = folder.resolve("usage.zst");
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zst))) {
            out.write(text);
        }
        for (Path file : List.of(plain, zst)) {
            try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
                Intake intake = new LogReading(accesses, "gcp").read(List.of(file));
                assertThat(intake.read()).isEqualTo(4);
                assertThat(intake.rejected()).isEqualTo(2);
                assertThat(accesses.count("select sum(bytes)::bigint from access where action = 'READ'"))
                        .isEqualTo(1024);
                assertThat(accesses.count("select count(*) from access where principal is null and who = 'UNNAMED'"))
                        .isEqualTo(3);
                assertThat(
                                accesses.count(
                                        "select count(*) from access where agent = 'agent with \"quotes\", and commas'"
                                                + " and key = 'a b.csv' and bucket = 'data' and moment = timestamp '2026-02-06 00:00:00.123456'"))
                        .isEqualTo(3);
            }
        }
    }
}
