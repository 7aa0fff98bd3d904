package org.physionet.provisioner.app.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** S3 server access logs of a month, about 500 bytes a line, in files of equal length (facts/aws.md A4.1). */
final class AccessLogs {
    private static final int FILES = 50;
    private static final int SEED = 7;
    private static final int READERS = 10_000;
    private static final long MONTH_SECONDS = 30L * 86_400;
    private static final Instant BEGIN = Instant.parse("2026-02-01T00:00:00Z");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private AccessLogs() {}

    static List<Path> write(Path folder, int lines, boolean packed) throws IOException {
        return write(folder, 0, lines, packed);
    }

    /** @param first the request of the first line: no two lines of other requests are the same entry */
    static List<Path> write(Path folder, int first, int lines, boolean packed) throws IOException {
        Files.createDirectories(folder);
        int each = Math.max(1, lines / FILES);
        List<Path> files = IntStream.iterate(0, from -> from < lines, from -> from + each)
                .mapToObj(from -> folder.resolve("2026-02-%04d%s".formatted(from / each, packed ? ".gz" : "")))
                .toList();
        IntStream.range(0, files.size()).parallel().forEach(f -> {
            Random random = new Random(SEED + f);
            try (BufferedWriter out = writer(files.get(f), packed)) {
                for (int i = f * each; i < Math.min(lines, (f + 1) * each); i++) {
                    line(out, first + i, BEGIN.plusSeconds(i * MONTH_SECONDS / lines), random);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return files;
    }

    private static BufferedWriter writer(Path file, boolean packed) throws IOException {
        OutputStream out = Files.newOutputStream(file);
        return new BufferedWriter(
                new OutputStreamWriter(packed ? new GZIPOutputStream(out, 1 << 16) : out, StandardCharsets.UTF_8),
                1 << 16);
    }

    private static void line(BufferedWriter out, int i, Instant at, Random random) throws IOException {
        int reader = random.nextInt(READERS);
        String key = "mimiciv/3.1/hosp/p" + random.nextInt(100) + "/subject-" + random.nextInt(100_000) + ".csv.gz";
        long bytes = random.nextInt(50_000_000);
        out.append("79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be physionet-controlled [")
                .append(TIME.format(at))
                .append(" +0000] 192.0.")
                .append(Integer.toString(reader % 250))
                .append('.')
                .append(Integer.toString(random.nextInt(250)))
                .append(" arn:aws:iam::4444555566")
                .append(Integer.toString(10 + reader % 90))
                .append(":user/reader-")
                .append(Integer.toString(reader))
                .append(" R")
                .append(Long.toString(0x1000_0000_0000L + i, 36))
                .append(" REST.GET.OBJECT ")
                .append(key)
                .append(" \"GET /")
                .append(key)
                .append(" HTTP/1.1\" 200 - ")
                .append(Long.toString(bytes))
                .append(' ')
                .append(Long.toString(bytes))
                .append(
                        " 70 10 \"-\" \"aws-cli/2.15.30 Python/3.11.8 Linux/6.1.0-18-amd64 exe/x86_64 prompt/off command/s3.cp\" - ")
                .append("s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4")
                .append(
                        " ECDHE-RSA-AES128-GCM-SHA256 AuthHeader physionet-controlled.s3.us-east-1.amazonaws.com TLSv1.2"
                                + " arn:aws:s3:us-east-1:111122223333:accesspoint/pn-")
                .append(Integer.toString(reader / 500))
                .append(" - us-east-1\n");
    }
}
