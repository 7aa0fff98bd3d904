package org.physionet.provisioner.simulator.aws.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.simulator.aws.AwsWorld.ACCOUNT;
import static org.physionet.provisioner.simulator.aws.AwsWorld.BUCKET;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.Json;
import org.physionet.provisioner.simulator.aws.AwsWorld;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Formats by the S3 and CloudTrail user guides (facts/aws.md A4): asked for by a control call, and delivered into buckets. */
class AuditLogTest {
    private static final String ADA = "AIDAADAADAADAADAADAAD";

    /** 27 fields: S3 user guide, "Amazon S3 server access log format". */
    private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+) \\[([^]]+)] (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) "
            + "\"(.*)\" (\\d{3}) (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) \"(.*)\" \"(.*)\" "
            + "(\\S+) (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) (\\S+) (\\S+)");

    private final AwsWorld world = AwsWorld.open();
    private final S3Client ada = world.s3(AwsBasicCredentials.create("AKIAADA", "a"));

    private String alias = "";

    @BeforeEach
    void fill() {
        world.with("""
                {"accounts":{"444455556666":{
                   "users":[{"arn":"arn:aws:iam::444455556666:user/lab/ada","id":"AIDAADAADAADAADAADAAD","keys":[{"id":"AKIAADA","secret":"a"}]}],
                   "roles":[{"arn":"arn:aws:iam::444455556666:role/team","id":"AROATEAMTEAMTEAMTEAMT",
                     "trust":{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"444455556666"},"Action":"sts:AssumeRole"}]}}]}},
                 "buckets":[{"name":"logs"}],
                 "trails":[{"name":"ours","bucket":"logs","prefix":"trail","dataEvents":["arn:aws:s3:::data-one/"]}]}""").withDelegatingBucket("mimiciv/3.1/a b.csv");
        alias = world.createAccessPoint("shard-01");
        world.putPolicy("shard-01", AwsWorld.shard("shard-01", "", ADA, "AROATEAMTEAMTEAMTEAMT:site"));
    }

    @AfterEach
    void close() {
        ada.close();
        world.close();
    }

    private void readAsAda(String key) {
        ada.getObjectAsBytes(b -> b.bucket(alias).key(key));
    }

    @Test
    void aReadThroughAnAccessPointIsALineWithItsArnAndTheReadersArn() {
        readAsAda("mimiciv/3.1/a b.csv");

        Matcher line = line(lines(BUCKET).getLast());

        assertThat(line.group(1)).hasSize(64);
        assertThat(line.group(2)).isEqualTo(BUCKET);
        assertThat(line.group(3)).matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
        assertThat(line.group(5)).isEqualTo("arn:aws:iam::444455556666:user/lab/ada");
        assertThat(line.group(7)).isEqualTo("REST.GET.OBJECT");
        assertThat(line.group(8)).isEqualTo("mimiciv/3.1/a%20b.csv");
        assertThat(line.group(9)).startsWith("GET /").endsWith("HTTP/1.1");
        assertThat(line.group(10)).isEqualTo("200");
        assertThat(line.group(11)).isEqualTo("-");
        assertThat(line.group(12)).as("bytes sent").isEqualTo("30");
        assertThat(line.group(13)).as("object size").isEqualTo("30");
        assertThat(line.group(17)).startsWith("aws-sdk-java");
        assertThat(line.group(20)).isEqualTo("SigV4");
        assertThat(line.group(22)).isEqualTo("AuthHeader");
        assertThat(line.group(25)).isEqualTo(AwsWorld.arn("shard-01"));
    }

    @Test
    void refusalsAnonymousReadersAndRolesAreToldApart() {
        assertThat(AwsWorld.refusal(
                                S3Exception.class,
                                _ -> ada.getObjectAsBytes(b -> b.bucket(BUCKET).key("mimiciv/3.1/a b.csv")))
                        .statusCode())
                .isEqualTo(403);
        Matcher refused = line(lines(BUCKET).getLast());
        assertThat(refused.group(10) + " " + refused.group(11)).isEqualTo("403 AccessDenied");
        assertThat(refused.group(25)).isEqualTo("-");

        world.live().send("GET", "/" + BUCKET + "/nothing", "");
        Matcher anonymous = line(lines(BUCKET).getLast());
        assertThat(anonymous.group(5)).isEqualTo("-");
        assertThat(anonymous.group(22)).isEqualTo("-");

        var session = world.sts(AwsBasicCredentials.create("AKIAADA", "a"))
                .assumeRole(
                        b -> b.roleArn("arn:aws:iam::444455556666:role/team").roleSessionName("site"))
                .credentials();
        world.s3(AwsSessionCredentials.create(session.accessKeyId(), session.secretAccessKey(), session.sessionToken()))
                .getObjectAsBytes(b -> b.bucket(alias).key("mimiciv/3.1/a b.csv"));
        assertThat(line(lines(BUCKET).getLast()).group(5))
                .isEqualTo("arn:aws:sts::444455556666:assumed-role/team/site");
    }

    @Test
    void theOwnerSeesAForeignReaderByUniqueIdAndTheReaderItselfInFull() {
        readAsAda("mimiciv/3.1/a b.csv");

        JsonNode owners = events(ACCOUNT, "GetObject").getLast();
        JsonNode readers = events("444455556666", "GetObject").getLast();

        assertThat(owners.get("userIdentity")).isEqualTo(Json.parse("""
                {"type":"AWSAccount","principalId":"AIDAADAADAADAADAADAAD","accountId":"444455556666"}"""));
        assertThat(readers.at("/userIdentity/arn").asText()).isEqualTo("arn:aws:iam::444455556666:user/lab/ada");
        assertThat(readers.at("/userIdentity/userName").asText()).isEqualTo("ada");
        assertThat(owners.get("sharedEventID")).isEqualTo(readers.get("sharedEventID"));
        assertThat(owners.get("eventID")).isNotEqualTo(readers.get("eventID"));
        assertThat(owners.get("eventSource").asText()).isEqualTo("s3.amazonaws.com");
        assertThat(owners.get("managementEvent").asBoolean()).isFalse();
        assertThat(owners.get("readOnly").asBoolean()).isTrue();
        assertThat(owners.at("/requestParameters/bucketName").asText()).isEqualTo(BUCKET);
        assertThat(owners.at("/requestParameters/key").asText()).isEqualTo("mimiciv/3.1/a b.csv");
        assertThat(owners.at("/additionalEventData/bytesTransferredOut").asInt())
                .isEqualTo(30);
        assertThat(owners.get("resources").findValuesAsText("ARN"))
                .containsExactly(
                        "arn:aws:s3:::data-one/mimiciv/3.1/a b.csv", "arn:aws:s3:::data-one", AwsWorld.arn("shard-01"));
    }

    @Test
    void changesOfPoliciesAreManagementEventsWithWhatWasPut() {
        JsonNode shard = events(ACCOUNT, "PutAccessPointPolicy").getLast();
        assertThat(shard.get("managementEvent").asBoolean()).isTrue();
        assertThat(shard.get("readOnly").asBoolean()).isFalse();
        assertThat(shard.at("/requestParameters/name").asText()).isEqualTo("shard-01");
        assertThat(shard.at("/requestParameters/policy").asText()).contains(ADA);
        assertThat(shard.at("/resources/0/ARN").asText()).isEqualTo(AwsWorld.arn("shard-01"));
        assertThat(shard.at("/userIdentity/type").asText()).isEqualTo("IAMUser");

        assertThat(events(ACCOUNT, "CreateAccessPoint").getLast().at("/requestParameters/bucket"))
                .isEqualTo(Json.parse("\"data-one\""));
        assertThat(events(ACCOUNT, "PutBucketPolicy").getLast().at("/requestParameters/bucketPolicy/Version"))
                .isEqualTo(Json.parse("\"2012-10-17\""));

        AwsWorld.refusal(S3Exception.class, _ -> ada.deleteBucketPolicy(b -> b.bucket(BUCKET)));
        assertThat(events(ACCOUNT, "DeleteBucketPolicy").getLast().get("errorCode"))
                .isEqualTo(Json.parse("\"AccessDenied\""));
    }

    @Test
    void whenTheClockPassesTheDelayLogsLieInTheirBucketsIfItsPolicyLetsTheServicesIn() throws IOException {
        world.s3().putBucketPolicy(b -> b.bucket("logs").policy("""
                {"Version":"2012-10-17","Statement":[
                 {"Effect":"Allow","Principal":{"Service":"logging.s3.amazonaws.com"},"Action":"s3:PutObject","Resource":"arn:aws:s3:::logs/s3/*",
                  "Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:s3:::data-one"},"StringEquals":{"aws:SourceAccount":"111122223333"}}},
                 {"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},"Action":"s3:PutObject",
                  "Resource":"arn:aws:s3:::logs/trail/AWSLogs/111122223333/*",
                  "Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}}]}"""));
        world.s3()
                .putBucketLogging(b -> b.bucket(BUCKET)
                        .bucketLoggingStatus(s ->
                                s.loggingEnabled(l -> l.targetBucket("logs").targetPrefix("s3/"))));
        readAsAda("mimiciv/3.1/a b.csv");
        assertThat(keys("")).isEmpty();

        world.advance(Duration.ofMinutes(6));

        assertThat(keys("trail/")).hasSize(1);
        assertThat(keys("s3/")).isEmpty();
        String file = keys("trail/").getFirst();
        assertThat(file)
                .matches("trail/AWSLogs/111122223333/CloudTrail/us-east-1/\\d{4}/\\d\\d/\\d\\d/"
                        + "111122223333_CloudTrail_us-east-1_\\d{8}T\\d{4}Z_[0-9A-F]{16}\\.json\\.gz");
        byte[] zipped =
                world.s3().getObjectAsBytes(b -> b.bucket("logs").key(file)).asByteArray();
        JsonNode records = Json.parse(new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes())
                .get("Records");
        assertThat(records.findValuesAsText("eventName")).contains("PutAccessPointPolicy", "GetObject");

        world.advance(Duration.ofHours(1));

        assertThat(keys("s3/")).hasSize(1);
        assertThat(keys("s3/").getFirst()).matches("s3/\\d{4}-\\d\\d-\\d\\d-\\d\\d-\\d\\d-\\d\\d-[0-9A-F]{16}");
        assertThat(world.s3()
                        .getObjectAsBytes(b -> b.bucket("logs").key(keys("s3/").getFirst()))
                        .asUtf8String()
                        .lines())
                .allMatch(text -> LINE.matcher(text).matches())
                .anyMatch(text -> text.contains("user/lab/ada") && text.contains("REST.GET.OBJECT"));
    }

    @Test
    void whatTheLogBucketsPolicyRefusesIsLost() {
        world.s3()
                .putBucketLogging(b -> b.bucket(BUCKET)
                        .bucketLoggingStatus(s ->
                                s.loggingEnabled(l -> l.targetBucket("logs").targetPrefix("s3/"))));
        readAsAda("mimiciv/3.1/a b.csv");
        world.advance(Duration.ofHours(2));
        assertThat(keys("")).isEmpty();
        assertThat(AwsWorld.refusal(
                                S3Exception.class,
                                _ -> world.s3()
                                        .putBucketLogging(b -> b.bucket(BUCKET)
                                                .bucketLoggingStatus(s -> s.loggingEnabled(l ->
                                                        l.targetBucket("absent").targetPrefix("")))))
                        .awsErrorDetails()
                        .errorCode())
                .isEqualTo("InvalidTargetBucketForLogging");
    }

    @Test
    void dataEventsOfBucketsThatTheTrailDoesNotSelectStayOut() {
        world.s3().createBucket(b -> b.bucket("other-data"));
        world.s3().putObject(b -> b.bucket("other-data").key("x"), RequestBody.fromString("x"));
        world.s3().putBucketPolicy(b -> b.bucket("logs").policy("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudtrail.amazonaws.com"},
                 "Action":"s3:PutObject","Resource":"arn:aws:s3:::logs/*"}]}"""));
        world.advance(Duration.ofMinutes(6));
        String file = keys("trail/").getFirst();
        assertThat(unzipped(file)).contains("CreateBucket").doesNotContain("arn:aws:s3:::other-data/x");
    }

    private String unzipped(String key) {
        byte[] zipped =
                world.s3().getObjectAsBytes(b -> b.bucket("logs").key(key)).asByteArray();
        try {
            return new String(
                    new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> keys(String prefix) {
        return world.s3().listObjectsV2(b -> b.bucket("logs").prefix(prefix)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private List<String> lines(String bucket) {
        JsonNode answer = Json.parse(world.live()
                .send("POST", "/_simulator/aws/access-log", "{\"bucket\":\"" + bucket + "\"}")
                .body());
        return StreamSupport.stream(answer.get("lines").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private List<JsonNode> events(String account, String name) {
        JsonNode answer = Json.parse(world.live()
                .send("POST", "/_simulator/aws/cloudtrail", "{\"account\":\"" + account + "\"}")
                .body());
        return StreamSupport.stream(answer.get("Records").spliterator(), false)
                .filter(event -> event.get("eventName").asText().equals(name))
                .toList();
    }

    private static Matcher line(String text) {
        Matcher matcher = LINE.matcher(text);
        assertThat(matcher.matches()).as(text).isTrue();
        return matcher;
    }
}
