package org.physionet.provisioner.audit.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.physionet.provisioner.audit.access.Accesses;
import org.physionet.provisioner.audit.logs.LogFiles;
import org.physionet.provisioner.audit.logs.LogReading;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.store.AccessQueries.Interval;
import org.physionet.provisioner.engine.store.AccessQueries.Rested;

/** S3's logs held against a record of two people: Ada, whose access ended, and Bob, who has it. */
class ReviewTest {
    private static final String RESOURCE = "s3://data/mimiciv/3.1/";
    private static final Instant SINCE = Instant.parse("2026-03-01T12:00:00.700Z");
    private static final Instant UNTIL = Instant.parse("2026-03-20T12:00:00Z");
    private static final String ADA = "arn:aws:iam::444455556666:user/lab/ada";
    private static final String BOB = "arn:aws:iam::777788889999:user/bob";
    private static final String POINT = "arn:aws:s3:us-east-1:111122223333:accesspoint/pn-shard-1";
    private static final Principal ADA_ID = new Principal("aws", "AIDAADAADAADAADAADAAD", "AIDAADAADAADAADAADAAD");
    private static final Principal BOB_ID = new Principal("aws", "AIDABOBBOBBOBBOBBOBBO", "AIDABOBBOBBOBBOBBOBBO");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final List<String> lines = new ArrayList<>();
    private final List<String> trail = new ArrayList<>();
    private int requests;

    @BeforeEach
    void aReadOfBobsThatIsAsItShouldBe() {
        read(BOB, "2026-03-10T10:00:00Z", 200, POINT);
    }

    private String read(String requester, String at, int status, String via) {
        String id = "REQ%06d".formatted(++requests);
        lines.add("owner data [" + TIME.format(Instant.parse(at)) + "] 192.0.2.3 " + requester + " " + id
                + " REST.GET.OBJECT mimiciv/3.1/a.csv \"GET /mimiciv/3.1/a.csv HTTP/1.1\" " + status + " "
                + (status == 403 ? "AccessDenied" : "-")
                + " 30 30 1 1 \"-\" \"aws-cli\" - h SigV4 c AuthHeader data TLSv1.2 "
                + via + " - us-east-1");
        return id;
    }

    private void change(String by, String name, String more, String at) {
        trail.add("{\"eventVersion\":\"1.09\",\"eventID\":\"e" + trail.size() + "\",\"eventTime\":\"" + at
                + "\",\"eventSource\":\"s3.amazonaws.com\",\"eventName\":\"" + name
                + "\",\"recipientAccountId\":\"111122223333\","
                + "\"userIdentity\":{\"type\":\"AssumedRole\",\"principalId\":\"AROAX:s\",\"arn\":\"" + by
                + "\",\"accountId\":\"111122223333\"},\"requestParameters\":{" + more + "}}");
    }

    private static Interval life(Principal who, String researcher, @Nullable Instant until) {
        Rested on = new Rested(researcher, "u" + researcher, "mimiciv/3.1", "agreement", SINCE, until);
        return new Interval(RESOURCE, who, SINCE, until, false, List.of(on));
    }

    /** @param arns whether the source still knows their ARNs */
    private List<Finding> review(Rules rules, boolean arns) throws IOException {
        Files.write(folder.resolve("access.log"), lines);
        if (!trail.isEmpty()) {
            Files.writeString(folder.resolve("trail.json"), "{\"Records\":[" + String.join(",", trail) + "]}");
        }
        Recorded recorded = new Recorded(
                List.of(life(ADA_ID, "1", UNTIL), life(BOB_ID, "2", null)),
                List.of(new Recorded.Place(
                        RESOURCE,
                        "access-points",
                        new TreeSet<>(Set.of("mimiciv/3.1")),
                        null,
                        Set.of("pn-shard-1"),
                        Set.of(),
                        SINCE.minusSeconds(3600),
                        false,
                        Duration.ofMinutes(5))),
                arns
                        ? List.of(
                                new Recorded.Linked(ADA_ID, "1", "ada", Set.of(ADA)),
                                new Recorded.Linked(BOB_ID, "2", "bob", Set.of(BOB)))
                        : List.of(),
                List.of(new Recorded.Write(RESOURCE, SINCE)));
        try (Accesses accesses = new Accesses(folder.resolve("spill"))) {
            List<String> names = trail.isEmpty() ? List.of("access.log") : List.of("access.log", "trail.json");
            new LogReading(accesses, "aws").read(LogFiles.find(names, folder));
            return Review.of(accesses.analysis(), recorded, rules);
        }
    }

    private List<String> told(Rules rules) throws IOException {
        return review(rules, true).stream()
                .map(finding -> finding.code().text() + " " + finding.severity().text() + " " + finding.principal())
                .toList();
    }

    @Test
    void whatTheRecordGivesIsNoFindingNotEvenInTheSecondInWhichItWasGiven() throws IOException {
        read(ADA, "2026-03-01T12:00:00Z", 200, POINT);
        read(ADA, "2026-03-20T12:00:00Z", 200, POINT);
        assertThat(told(Rules.DEFAULT)).isEmpty();
    }

    @Test
    void aReadAfterTheEndIsToldWithHowLateItWasAgainstThePropagation() throws IOException {
        read(ADA, "2026-03-20T12:03:00Z", 200, POINT);
        Finding early = review(Rules.DEFAULT, true).getFirst();
        assertThat(early.severity()).isEqualTo(Code.Severity.LOW);
        String id = read(ADA, "2026-03-20T14:00:00Z", 200, POINT);
        Finding late = review(Rules.DEFAULT, true).getFirst();
        assertThat(late.code()).isEqualTo(Code.ACCESS_AFTER_REVOCATION);
        assertThat(late.severity()).isEqualTo(Code.Severity.HIGH);
        assertThat(late.principal()).isEqualTo("AIDAADAADAADAADAADAAD");
        assertThat(late.researcher()).isEqualTo("1");
        assertThat(late.dataset()).isEqualTo("mimiciv/3.1");
        assertThat(late.explanation())
                .contains("2 times")
                .contains("PT2H")
                .contains("provisioner explain 1 mimiciv/3.1");
        assertThat(late.evidence().line()).isEqualTo(2);
        assertThat(late.evidence().record()).isEqualTo(lines.get(1)).doesNotContain(id);
    }

    @Test
    void strangersAndThoseWhoDoNotSignAreTold() throws IOException {
        read("arn:aws:iam::000011112222:user/eve", "2026-03-10T10:00:00Z", 200, POINT);
        read("-", "2026-03-10T10:00:00Z", 200, "-");
        read("-", "2026-03-10T10:00:00Z", 403, "-");
        read("svc:replication", "2026-03-10T10:00:00Z", 403, "-");
        assertThat(told(Rules.DEFAULT))
                .containsExactly(
                        "unknown_principal high arn:aws:iam::000011112222:user/eve", "anonymous_access high null");
    }

    @Test
    void anotherWayToTheSameDataIsToldAlthoughTheReaderMayRead() throws IOException {
        read(BOB, "2026-03-11T10:00:00Z", 200, "-");
        assertThat(told(Rules.DEFAULT)).containsExactly("unmanaged_path medium AIDABOBBOBBOBBOBBOBBO");
        lines.removeLast();
        read(BOB, "2026-03-11T10:00:00Z", 200, POINT.replace("pn-shard-1", "theirs"));
        assertThat(told(Rules.DEFAULT)).containsExactly("unmanaged_path medium AIDABOBBOBBOBBOBBOBBO");
    }

    @Test
    void arefusalAtTheBucketOfSomebodyWhoHasAnAccessPointSaysSo() throws IOException {
        read(BOB, "2026-03-11T10:00:00Z", 403, "-");
        Finding finding = review(Rules.DEFAULT, true).getFirst();
        assertThat(finding.code()).isEqualTo(Code.DENIED_THOUGH_ENTITLED);
        assertThat(finding.explanation()).contains("given through an access point");
    }

    @Test
    void cloudTrailLendsItsUniqueIdToARequestThatTheAccessLogKnowsByArnOnly() throws IOException {
        assertThat(review(Rules.DEFAULT, false))
                .singleElement()
                .satisfies(stranger -> assertThat(stranger.code()).isEqualTo(Code.UNKNOWN_PRINCIPAL));
        trail.add(
                "{\"eventID\":\"d1\",\"requestID\":\"REQ000001\",\"eventTime\":\"2026-03-10T10:00:00Z\",\"eventName\":\"GetObject\","
                        + "\"eventSource\":\"s3.amazonaws.com\",\"recipientAccountId\":\"111122223333\",\"userIdentity\":{\"type\":\"AWSAccount\","
                        + "\"principalId\":\"AIDABOBBOBBOBBOBBOBBO\",\"accountId\":\"777788889999\"},"
                        + "\"requestParameters\":{\"bucketName\":\"data\",\"key\":\"mimiciv/3.1/a.csv\"}}");
        assertThat(review(Rules.DEFAULT, false)).isEmpty();
    }

    @Test
    void aChangeByAnotherThanTheEnginesRoleIsTold() throws IOException {
        String engine = "arn:aws:sts::111122223333:assumed-role/provisioner/run";
        String other = "arn:aws:sts::111122223333:assumed-role/admin/eve";
        change(engine, "PutAccessPointPolicy", "\"name\":\"pn-shard-1\"", "2026-03-01T12:00:02Z");
        change(other, "PutBucketPolicy", "\"bucketName\":\"data\"", "2026-03-05T12:00:00Z");
        change(other, "PutBucketPolicy", "\"bucketName\":\"elsewhere\"", "2026-03-05T12:00:00Z");
        assertThat(told(Rules.DEFAULT)).as("by the ledger").containsExactly("foreign_policy_change high " + other);
        Rules named = new Rules(
                Set.of("arn:aws:iam::111122223333:role/provisioner"),
                Set.of(),
                10,
                1000,
                1 << 30,
                90,
                8,
                List.of(),
                Set.of());
        assertThat(told(named)).as("by name").containsExactly("foreign_policy_change high " + other);
        Rules off =
                new Rules(Set.of(), Set.of(), 10, 1000, 1 << 30, 90, 8, List.of(), Set.of(Code.FOREIGN_POLICY_CHANGE));
        assertThat(told(off)).isEmpty();
    }

    @Test
    void aDayOfManyTimesTheUsualIsToldAndABusyPlaceIsNot() throws IOException {
        Rules rules = new Rules(Set.of(), Set.of(), 4, 10, 1L << 40, 90, 8, List.of(), Set.of());
        for (int day = 2; day < 9; day++) {
            read(ADA, "2026-03-0" + day + "T10:00:00Z", 200, POINT);
        }
        assertThat(told(rules)).isEmpty();
        for (int i = 0; i < 12; i++) {
            read(BOB, "2026-03-09T10:00:00Z", 200, POINT);
        }
        assertThat(told(rules)).containsExactly("unusual_volume medium AIDABOBBOBBOBBOBBOBBO");
    }

    @Test
    void addressesOfABlockedRangeAreToldByItsName() throws IOException {
        AddressRange range = AddressRange.parse("192.0.2.0/24, Nowhere");
        Rules rules = new Rules(Set.of(), Set.of(), 10, 1000, 1L << 40, 90, 8, List.of(range), Set.of());
        assertThat(review(rules, true)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(Code.BLOCKED_REGION);
            assertThat(finding.explanation()).contains("192.0.2.3").contains("Nowhere");
        });
        assertThat(AddressRange.parse("2001:db8::/32").contains("2001:db8:1::9"))
                .isTrue();
        assertThat(AddressRange.parse("2001:db8::/32").contains("192.0.2.3")).isFalse();
    }

    @Test
    void whoIsInTwoPlacesThatAreTooFarApartIsToldByTheFirstSuchStep() throws IOException {
        lines.replaceAll(line -> line.replace("192.0.2.3", "10.0.0.1"));
        read(BOB, "2026-03-10T11:00:00Z", 200, POINT);
        Rules rules = new Rules(
                Set.of(),
                Set.of(),
                10,
                1000,
                1L << 40,
                90,
                8,
                List.of(),
                Set.of(),
                List.of(
                        PlaceRange.parse("10.0.0.0/8 42.36 -71.06 Boston"),
                        PlaceRange.parse("192.0.2.0/24, 51.51, -0.13, London")));
        assertThat(review(rules, true)).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(Code.IMPROBABLE_PLACE);
            assertThat(finding.researcher()).isEqualTo("2");
            assertThat(finding.explanation()).contains("London", "Boston", "PT1H", "526");
            assertThat(finding.evidence().record()).isEqualTo(lines.getLast());
        });
        lines.removeLast();
        read(BOB, "2026-03-10T17:00:00Z", 200, POINT);
        assertThat(told(rules)).as("by aeroplane").isEmpty();
    }
}
