package org.physionet.provisioner.simulator.gcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.Binding;
import com.google.cloud.Condition;
import com.google.cloud.Policy;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BucketSourceOption;
import com.google.cloud.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.simulator.LiveWorld;

/** google-cloud-storage against the simulator, unchanged. */
class StorageClientTest {
    private static final BucketSourceOption V3 = BucketSourceOption.requestedPolicyVersion(3);

    private final LiveWorld world = Google.open();
    private final Storage storage = Google.storage(world, 1);

    @BeforeEach
    void bucket() {
        storage.create(BucketInfo.of("b-one"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Policy with(Policy policy, Binding binding) {
        List<Binding> bindings = new ArrayList<>(policy.getBindingsList());
        bindings.add(binding);
        return policy.toBuilder().setBindings(bindings).setVersion(3).build();
    }

    private static Binding viewer(String... members) {
        return Binding.newBuilder()
                .setRole("roles/storage.objectViewer")
                .setMembers(List.of(members))
                .build();
    }

    @Test
    void aNewBucketHasGooglesDefaultBindings() {
        Policy policy = storage.getIamPolicy("b-one", V3);
        assertThat(policy.getBindingsList())
                .extracting(Binding::getRole, Binding::getMembers)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "roles/storage.legacyBucketOwner", List.of("projectEditor:p1", "projectOwner:p1")),
                        org.assertj.core.groups.Tuple.tuple(
                                "roles/storage.legacyBucketReader", List.of("projectViewer:p1")),
                        org.assertj.core.groups.Tuple.tuple(
                                "roles/storage.legacyObjectOwner", List.of("projectEditor:p1", "projectOwner:p1")),
                        org.assertj.core.groups.Tuple.tuple(
                                "roles/storage.legacyObjectReader", List.of("projectViewer:p1")));
        assertThat(policy.getEtag()).isEqualTo("CAE=");
        assertThat(policy.getVersion()).isEqualTo(1);
    }

    @Test
    void readModifyWriteKeepsEverythingAndMovesTheEtag() {
        Policy before = storage.getIamPolicy("b-one", V3);
        Policy after = storage.setIamPolicy("b-one", with(before, viewer("user:ada@example.org")), V3);
        assertThat(after.getEtag()).isNotEqualTo(before.getEtag());
        assertThat(after.getBindingsList())
                .containsAll(before.getBindingsList())
                .hasSize(5);
        assertThat(storage.getIamPolicy("b-one", V3)).isEqualTo(after);
    }

    @Test
    void aStaleEtagIsRefusedAndTheOtherWritersWorkSurvives() {
        Policy seen = storage.getIamPolicy("b-one", V3);
        storage.setIamPolicy("b-one", with(seen, viewer("user:ada@example.org")), V3);
        assertThatThrownBy(() -> storage.setIamPolicy("b-one", with(seen, viewer("user:bob@example.org")), V3))
                .isInstanceOfSatisfying(StorageException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(412);
                    assertThat(e.getReason()).isEqualTo("conditionNotMet");
                    assertThat(e.isRetryable()).isFalse();
                });
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-one")).isTrue();
        assertThat(Google.canRead(world, "bob@example.org", "gs://b-one")).isFalse();
    }

    @Test
    void aLostAnswerIsRetriedByTheClientIntoA412WhileTheGrantIsInForce() {
        Policy seen = storage.getIamPolicy("b-one", V3);
        world.send(
                "POST",
                "/_simulator/faults",
                "[{\"method\":\"storage.buckets.setIamPolicy\",\"status\":503,\"applied\":true}]");
        Storage retrying = Google.storage(world, 3);
        assertThatThrownBy(() -> retrying.setIamPolicy("b-one", with(seen, viewer("user:ada@example.org")), V3))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.getCode()).isEqualTo(412));
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-one")).isTrue();
        assertThat(world.json("GET", "/_simulator/calls", "").toString())
                .contains("\"setIamPolicy\"".replace("\"", ""), "\"outcome\":\"503\"", "\"outcome\":\"412\"");
    }

    @Test
    void withoutAnEtagTheLastWriterWins() {
        Policy seen = storage.getIamPolicy("b-one", V3);
        storage.setIamPolicy("b-one", with(seen, viewer("user:ada@example.org")), V3);
        Policy blind = with(seen, viewer("user:bob@example.org")).toBuilder()
                .setEtag(null)
                .build();
        storage.setIamPolicy("b-one", blind, V3);
        assertThat(Google.canRead(world, "ada@example.org", "gs://b-one")).isFalse();
    }

    @Test
    void anEditOfTheBucketAlsoMakesThePolicyEtagStale() {
        Policy seen = storage.getIamPolicy("b-one", V3);
        storage.update(BucketInfo.newBuilder("b-one")
                .setLabels(java.util.Map.of("team", "data"))
                .build());
        assertThatThrownBy(() -> storage.setIamPolicy("b-one", with(seen, viewer("user:ada@example.org")), V3))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.getCode()).isEqualTo(412));
    }

    @Test
    void aConditionNeedsVersion3ToWriteAndToRead() {
        Condition until = Condition.newBuilder()
                .setTitle("until December")
                .setExpression("request.time < timestamp(\"2026-12-01T00:00:00Z\")")
                .build();
        Binding lease =
                viewer("user:ada@example.org").toBuilder().setCondition(until).build();
        Policy seen = storage.getIamPolicy("b-one", V3);
        Policy written = storage.setIamPolicy("b-one", with(seen, lease), V3);
        assertThat(written.getVersion()).isEqualTo(3);
        assertThat(written.getBindingsList()).contains(lease);
        Policy old = storage.getIamPolicy("b-one");
        assertThat(old.getVersion()).isEqualTo(1);
        assertThat(old.getBindingsList())
                .extracting(Binding::getRole)
                .anyMatch(role -> role.startsWith("roles/storage.objectViewer_withcond_"));
        assertThatThrownBy(() -> storage.setIamPolicy("b-one", old))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.getCode()).isEqualTo(400));
        assertThat(storage.getIamPolicy("b-one", V3)).isEqualTo(written);
    }

    @Test
    void objectsComeBackAsTheyWereSentInOnePieceOrInChunks() throws Exception {
        storage.create(
                BlobInfo.newBuilder("b-one", "dir/a b.csv")
                        .setContentType("text/csv")
                        .build(),
                "1,2\n".getBytes(UTF_8));
        byte[] large = new byte[700_000];
        new java.util.Random(7).nextBytes(large);
        try (WriteChannel writer =
                storage.writer(BlobInfo.newBuilder("b-one", "dir/large.bin").build())) {
            writer.setChunkSize(256 * 1024);
            writer.write(ByteBuffer.wrap(large));
        }
        assertThat(storage.readAllBytes("b-one", "dir/a b.csv")).isEqualTo("1,2\n".getBytes(UTF_8));
        assertThat(storage.readAllBytes("b-one", "dir/large.bin")).isEqualTo(large);
        try (var reader = storage.reader("b-one", "dir/large.bin")) {
            reader.seek(699_990);
            ByteBuffer end = ByteBuffer.allocate(100);
            while (reader.read(end) >= 0) {}
            assertThat(end.position()).isEqualTo(10);
        }
        assertThat(storage.list("b-one", Storage.BlobListOption.prefix("dir/")).iterateAll())
                .extracting(Blob::getName)
                .containsExactly("dir/a b.csv", "dir/large.bin");
        assertThat(storage.delete("b-one", "dir/a b.csv")).isTrue();
        assertThat(storage.get("b-one", "dir/a b.csv")).isNull();
    }

    @Test
    void bucketsAreListedByProjectAndOnlyEmptyOnesDeleted() {
        storage.create(BucketInfo.of("b-two"));
        assertThat(storage.list().iterateAll()).extracting(b -> b.getName()).containsExactly("b-one", "b-two");
        storage.create(BlobInfo.newBuilder("b-two", "x").build(), new byte[] {1});
        assertThatThrownBy(() -> storage.delete("b-two")).hasMessageContaining("not empty");
        storage.delete("b-two", "x");
        assertThat(storage.delete("b-two")).isTrue();
        assertThatThrownBy(() -> storage.getIamPolicy("b-two", V3)).hasMessageContaining("does not exist");
    }

    @Test
    void anAdministratorHasEveryPermissionThatItAsksFor() {
        assertThat(storage.testIamPermissions("b-one", List.of("storage.buckets.setIamPolicy", "storage.objects.get")))
                .containsExactly(true, true);
    }
}
