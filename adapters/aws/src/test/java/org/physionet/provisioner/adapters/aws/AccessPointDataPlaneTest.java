package org.physionet.provisioner.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.model.Principal;
import org.physionet.provisioner.engine.model.Resource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Who is in reads and lists the dataset's folder with their own keys and nothing else; who is out gets 403. */
class AccessPointDataPlaneTest {
    private final SimulatedAws aws = new SimulatedAws();
    private Adapter adapter;
    private Resource resource;
    private String bucket;

    @BeforeEach
    void prepare() {
        adapter = aws.provider()
                .connect(aws.settings(), new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE));
        resource = aws.newResource();
        bucket = S3Location.of(resource.id()).bucket();
        for (String key :
                List.of("mimiciv/3.1/a.csv", "mimiciv/3.1/hosp/b.csv", "mimiciv/3.10/other.csv", "secret.csv")) {
            aws.s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString(key));
        }
    }

    @AfterEach
    void close() {
        adapter.close();
        aws.close();
    }

    @Test
    void readerReadsAndListsTheFolderAndNothingBeside() {
        String alias = alias(make(1));
        try (S3Client ada = aws.s3Of(1)) {
            assertThat(ada.getObjectAsBytes(r -> r.bucket(alias).key("mimiciv/3.1/hosp/b.csv"))
                            .asUtf8String())
                    .isEqualTo("mimiciv/3.1/hosp/b.csv");
            // what "aws s3 ls …/mimiciv/3.1/" and "aws s3 sync" ask for
            assertThat(ada.listObjectsV2(
                                    r -> r.bucket(alias).prefix("mimiciv/3.1/").delimiter("/"))
                            .contents())
                    .hasSize(1);
            assertThat(ada.listObjectsV2(r -> r.bucket(alias).prefix("mimiciv/3.1/"))
                            .contents())
                    .hasSize(2);

            assertForbidden(() -> ada.listObjectsV2(r -> r.bucket(alias)));
            assertForbidden(() -> ada.listObjectsV2(r -> r.bucket(alias).prefix("mimiciv/3.1")));
            assertForbidden(() -> ada.listObjectsV2(r -> r.bucket(alias).prefix("mimiciv/")));
            assertForbidden(() -> ada.getObjectAsBytes(r -> r.bucket(alias).key("mimiciv/3.10/other.csv")));
            assertForbidden(() -> ada.getObjectAsBytes(r -> r.bucket(alias).key("secret.csv")));
            assertForbidden(() -> ada.getObjectAsBytes(r -> r.bucket(bucket).key("mimiciv/3.1/a.csv")));
            assertForbidden(() ->
                    ada.putObject(r -> r.bucket(alias).key("mimiciv/3.1/a.csv"), RequestBody.fromString("changed")));
        }
    }

    @Test
    void revokedMeansForbiddenForThemAlone() {
        String alias = alias(make(1, 2));
        make(2);
        try (S3Client ada = aws.s3Of(1);
                S3Client bo = aws.s3Of(2)) {
            assertForbidden(() -> ada.getObjectAsBytes(r -> r.bucket(alias).key("mimiciv/3.1/a.csv")));
            assertForbidden(() -> ada.listObjectsV2(r -> r.bucket(alias).prefix("mimiciv/3.1/")));
            assertThat(bo.getObjectAsBytes(r -> r.bucket(alias).key("mimiciv/3.1/a.csv"))
                            .asUtf8String())
                    .isEqualTo("mimiciv/3.1/a.csv");
        }
    }

    @Test
    void nobodyReadsThroughAnEmptiedShard() {
        String alias = alias(make(1));
        make();
        try (S3Client ada = aws.s3Of(1)) {
            assertForbidden(() -> ada.getObjectAsBytes(r -> r.bucket(alias).key("mimiciv/3.1/a.csv")));
        }
    }

    /** Makes exactly these people readers; answers the access point of the first. */
    private String make(int... people) {
        TreeMap<Principal, Target.Edge> edges = new TreeMap<>();
        for (int person : people) {
            Principal principal = AwsIdentityKind.of(SimulatedAws.id(person));
            edges.put(principal, new Target.Edge(principal, null, null));
        }
        adapter.render(resource, observe(), new Target(edges), Places.UNKNOWN)
                .writes()
                .forEach(w -> assertThat(adapter.write(resource, w)).isInstanceOf(Outcome.Success.class));
        return observe().documents().first();
    }

    private Observation observe() {
        return switch (adapter.observe(resource, Places.UNKNOWN)) {
            case Observed.Seen(Observation observation) -> observation;
            case Observed.NotSeen(Outcome.Failure why) -> throw new AssertionError(why);
        };
    }

    private String alias(String shard) {
        return aws.control()
                .getAccessPoint(r -> r.accountId(SimulatedAws.OURS).name(shard))
                .alias();
    }

    private static void assertForbidden(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(403));
    }
}
