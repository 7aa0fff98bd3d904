package org.physionet.provisioner.audit.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.audit.access.Accesses;

/** Whatever stands in a log, both lanes together tell the same as the small parser alone, and no line is lost. */
class LanesTest {
    private static final String COLUMNS =
            "provider, log, moment, id, request, who, principal, bucket, key, action, operation,"
                    + " allowed, bytes, ip, via, signed";
    private static final List<String> AGENTS = List.of(
            "aws-cli/2.15",
            "Mozilla/5.0 (X11; Linux)",
            "-",
            "",
            "evil \" agent",
            "\"",
            "\"\" \"\"",
            "two\" \"fields",
            "back\\slash \\\" quote",
            "\" - h SigV4 c AuthHeader host TLSv1.2 - - -",
            "ünï cödé",
            "tab\there",
            "x\" 200 - 1 1 1 1 \"-\" \"y");

    @TempDir
    Path folder;

    static String line(int request, String agent) {
        return ("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef data [06/Feb/2026:00:00:%02d +0000]"
                        + " 192.0.2.3 arn:aws:iam::444455556666:user/lab/ada R%06d REST.GET.OBJECT mimiciv/3.1/a%%20b.csv"
                        + " \"GET /mimiciv/3.1/a%%20b.csv HTTP/1.1\" 200 - 30 30 1 1 \"-\" \"%s\" - host-id SigV4"
                        + " ECDHE AuthHeader data.s3.amazonaws.com TLSv1.2"
                        + " arn:aws:s3:us-east-1:111122223333:accesspoint/pn-1 - us-east-1")
                .formatted(request % 60, request, agent);
    }

    private static String hostile(Random random, int request, int calm) {
        String line = line(request, AGENTS.get(random.nextInt(calm) < 6 ? random.nextInt(AGENTS.size()) : 0));
        return switch (random.nextInt(calm)) {
            case 0 -> line.substring(0, random.nextInt(line.length()));
            case 1 -> line + " appended-field";
            case 2 -> line.replace(" us-east-1", "");
            case 3 -> line.replace("06/Feb/2026", "31/Feb/20x6");
            case 4 -> line.replace(" 200 ", " 404 ");
            case 5 -> line.replace("arn:aws:iam::444455556666:user/lab/ada", "-");
            case 6 ->
                line.replace("REST.GET.OBJECT", "REST.GET.BUCKET")
                        .replace("GET /mimiciv", "GET /?list-type=2&prefix=mimiciv%2F3.1%2F&x=");
            case 7 -> line.replace("\"-\" ", "\"http://evil/\" \" ");
            default -> line;
        };
    }

    private static List<String> rows(Accesses accesses) {
        List<String> rows = new ArrayList<>();
        accesses.each("select " + COLUMNS + " from access order by all", row -> {
            List<String> cells = new ArrayList<>();
            for (int i = 1; i <= 16; i++) {
                cells.add(row.getString(i));
            }
            rows.add(cells.toString());
        });
        return rows;
    }

    private long fast;

    @Test
    void bothLanesTogetherTellTheSameAsTheParserAloneAndLoseNoLine() throws IOException {
        for (int seed = 1; seed <= 12; seed++) {
            compare(seed, seed % 3 == 0 ? 12 : 60);
        }
        assertThat(fast).as("lines that went through the fast lane").isGreaterThan(100);
    }

    /** @param calm so many in so many lines are left as they are */
    private void compare(int seed, int calm) throws IOException {
        Random random = new Random(seed);
        List<Path> files = new ArrayList<>();
        int lines = 0;
        for (int f = 0; f < 4; f++) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int count = 1 + random.nextInt(60);
            for (int i = 0; i < count; i++) {
                String line = i == 0 && f % 2 == 0 ? line(f * 1000, "good") : hostile(random, f * 1000 + i, calm);
                lines += line.isBlank() ? 0 : 1;
                bytes.write((line + "\n").getBytes(f == 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8));
            }
            Path file = folder.resolve("seed" + seed + "-" + f + (f == 1 ? ".gz" : ""));
            Files.write(file, f == 1 ? zipped(bytes.toByteArray()) : bytes.toByteArray());
            files.add(file);
        }
        try (Accesses both = new Accesses(folder.resolve("spill"));
                Accesses alone = new Accesses(folder.resolve("spill"))) {
            Intake intake = new LogReading(both, "aws").read(files);
            long rejected = 0;
            try (Accesses.Batch batch = alone.appendTo("access")) {
                Tally tally = new Tally(batch);
                for (Path file : files) {
                    new SlowLane(tally).read(LogFile.of(file), Kind.S3_ACCESS);
                }
                rejected = tally.rejected();
            }
            assertThat(intake.lines()).as("lines of seed " + seed).isEqualTo(lines);
            assertThat(intake.rejected()).as("rejected of seed " + seed).isEqualTo(rejected);
            assertThat(new TreeSet<>(rows(both))).isEqualTo(new TreeSet<>(rows(alone)));
            fast += intake.fast();
        }
    }

    @Test
    void aLineThatNobodyUnderstandsIsToldWithItsNumberWhicheverLaneSetItAside() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= 30_000; i++) {
            lines.add(i == 7 || i == 29_123 ? "no line of a log" : line(i, "agent"));
        }
        Path file = Files.write(folder.resolve("odd"), lines);
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            Intake intake = new LogReading(accesses, "aws").read(List.of(file));
            assertThat(intake.fast()).isEqualTo(29_998);
            assertThat(intake.rejections().stream().map(Intake.Rejected::line)).containsExactly(7L, 29_123L);
        }
    }

    @Test
    void aLineOfAnyLengthIsRead() throws IOException {
        Path file = Files.write(
                folder.resolve("long"),
                List.of(line(1, "a"), line(2, "x".repeat(2_500_000)), line(3, "b"), line(4, "c")));
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            Intake intake = new LogReading(accesses, "aws").read(List.of(file));
            assertThat(intake.rejected()).isZero();
            assertThat(accesses.count("select count(*) from access")).isEqualTo(4);
            assertThat(accesses.count("select max(length(agent)) from access")).isEqualTo(2_500_000);
        }
    }

    @Test
    void aFileThatIsCutOffGivesWhatIsThereAndIsToldToBeBroken() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            text.append(line(i, "agent " + new Random(i).nextLong())).append('\n');
        }
        byte[] whole = zipped(text.toString().getBytes(StandardCharsets.UTF_8));
        Path file = Files.write(folder.resolve("cut.gz"), Arrays.copyOf(whole, whole.length * 3 / 4));
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            Intake intake = new LogReading(accesses, "aws").read(List.of(file));
            assertThat(intake.read()).isBetween(1000L, 1999L);
            assertThat(intake.rejected()).isEqualTo(1);
            assertThat(intake.rejections().getFirst().why()).contains("breaks off");
        }
    }

    @Test
    void theSameFileTwiceAndTheSameEntryInAnotherFileAreDuplicates() throws IOException {
        Path one = Files.writeString(folder.resolve("one"), line(1, "a") + "\n" + line(2, "a") + "\n");
        Path copy = Files.copy(one, folder.resolve("copy"));
        Path more = Files.writeString(folder.resolve("more"), line(2, "a") + "\n" + line(3, "a") + "\n");
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            Intake intake = new LogReading(accesses, "aws").read(List.of(one, copy, more));
            assertThat(intake.lines()).isEqualTo(6);
            assertThat(intake.duplicates()).isEqualTo(3);
            assertThat(intake.sameFiles()).hasSize(1);
            assertThat(accesses.count("select count(*) from access")).isEqualTo(3);
        }
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
