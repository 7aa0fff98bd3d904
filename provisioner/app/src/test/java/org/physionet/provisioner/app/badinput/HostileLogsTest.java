package org.physionet.provisioner.app.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.app.support.FilesSite;
import org.physionet.provisioner.app.support.Program;
import org.physionet.provisioner.app.support.ToySite;

/** Logs as they come in bad company: several reviews at once, and files of which most is no log. */
class HostileLogsTest {
    @TempDir
    Path folder;

    private ToySite site;
    private Path logs;

    @BeforeEach
    void aSite() throws Exception {
        site = new ToySite(folder).person(1, "ada", true);
        logs = Files.createDirectory(folder.resolve("logs"));
        Files.writeString(logs.resolve("a.log"), line("R1", "arn:aws:iam::222233334444:user/ada"));
    }

    private static String line(String request, String requester) {
        return "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be a-bucket [06/Feb/2026:00:00:38 +0000]"
                + " 192.0.2.3 " + requester + " " + request + " REST.GET.OBJECT a/b \"GET /a/b HTTP/1.1\" 200 - 113 113"
                + " 7 6 \"-\" \"agent\" - hostid= SigV4 ECDHE AuthHeader a.s3.amazonaws.com TLSv1.2 - -\n";
    }

    private static JsonNode summary(Program.Result result) {
        assertThat(result.code()).as(result.err()).isZero();
        return FilesSite.parse(result.out().strip().lines().reduce((a, b) -> b).orElseThrow())
                .path("summary");
    }

    @Test
    void twoReviewsAtOnceTakeTurnsAndNeitherLosesALine() throws Exception {
        Path place =
                Files.createDirectories(folder.resolve(".provisioner/logs")).resolve("lock");
        try (FileChannel other =
                FileChannel.open(place, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FileLock review = other.lock();
            Program program = new Program(folder).waiting(_ -> {
                try {
                    review.release();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            Program.Result result = program.run("audit", "logs", "logs", "--provider", "aws", "--output", "ndjson");
            assertThat(summary(result).path("read").asLong()).isEqualTo(1);
            assertThat(result.err()).contains("Another review of logs is under way");
            assertThat(review.isValid()).as("it waited").isFalse();
        }
    }

    @Test
    void aFileThatIsNoLogHidesNoLineOfAnother() throws Exception {
        Files.writeString(logs.resolve("b.txt"), "no log at all\n".repeat(100));
        Files.writeString(logs.resolve("c.log"), "cut of\n");

        Program.Result result = site.run("audit", "logs", "logs", "--provider", "aws", "--output", "ndjson");

        assertThat(summary(result).path("rejected").asLong()).isEqualTo(101);
        assertThat(result.err())
                .contains("b.txt, line 1: ")
                .contains("b.txt: 97 more lines")
                .contains("c.log, line 1: ");
    }

    @Test
    void whatWasReadIsReadAgainIfWhatWasKeptOfItIsGone() throws Exception {
        String[] review = {"audit", "logs", "logs", "--provider", "aws", "--output", "ndjson"};
        assertThat(summary(site.run(review)).path("filesReadBefore").asLong()).isZero();
        Path left = Files.createDirectories(folder.resolve(".provisioner/logs/accesses/.new-0123456789abcdef/0"));
        assertThat(summary(site.run(review)).path("filesReadBefore").asLong()).isEqualTo(1);
        assertThat(left).as("what a killed review left").doesNotExist();

        try (Stream<Path> kept = Files.walk(folder.resolve(".provisioner/logs/accesses"))) {
            for (Path path : kept.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
        JsonNode again = summary(site.run(review));
        assertThat(again.path("filesReadBefore").asLong()).isZero();
        assertThat(again.path("accesses").asLong()).isEqualTo(1);
    }

    @Test
    void whoWantsCsvGetsTheEvidenceToo() {
        Program.Result csv = site.run("audit", "logs", "logs", "--provider", "aws", "--output", "csv");

        assertThat(csv.out().lines().findFirst().orElseThrow()).contains(",file,line,record,");
    }
}
