package org.physionet.provisioner.adapters.gcp.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.members.Targets.person;
import static org.physionet.provisioner.adapters.gcp.members.Targets.target;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.adapters.gcp.members.Rendered;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;

class BucketMembersLayoutTest {
    private static final String VIEWER = StorageRoles.READER;
    private static final Binding.Condition JUNE =
            new Binding.Condition("until June", null, "request.time < timestamp(\"2027-06-01T00:00:00Z\")");

    private static Observation seen(Binding... bindings) {
        return Rendered.seen("gs://b-1", new BucketPolicy("CAE=", List.of(bindings)));
    }

    private static Binding binding(String role, String... members) {
        return new Binding(role, List.of(members), null);
    }

    private static List<Binding> after(Observation seen, Target target) {
        return after(Rendered.render(seen, target));
    }

    private static List<Binding> after(Rendering rendering) {
        assertThat(rendering.writes()).hasSize(1);
        return ((BucketPolicy) rendering.writes().getFirst().payload()).bindings();
    }

    @Test
    void ownsTheUsersOfTheUnconditionedBindingOfItsRoleAndNothingElse() {
        Observation seen = seen(
                binding(VIEWER, "user:Ada@Example.org", "group:team@example.org", "deleted:user:x@example.org?uid=7"),
                new Binding(VIEWER, List.of("user:guest@example.org"), JUNE),
                binding("roles/storage.legacyBucketOwner", "projectOwner:p1"),
                binding("roles/storage.objectCreator", "user:writer@example.org"));

        assertThat(seen.owned().keySet())
                .extracting(Object::toString)
                .containsExactly("deleted:user:x@example.org?uid=7", "user:Ada@Example.org");
        assertThat(seen.owned().values()).extracting(edge -> edge.dead()).containsExactly(true, false);
        assertThat(seen.foreign())
                .containsExactly(
                        new ForeignEntry("group:team@example.org as " + VIEWER, true),
                        new ForeignEntry(
                                "user:guest@example.org as " + VIEWER + " if \"until June\"",
                                true,
                                false,
                                person("guest@example.org")),
                        new ForeignEntry("projectOwner:p1 as roles/storage.legacyBucketOwner", false, true, null),
                        new ForeignEntry(
                                "user:writer@example.org as roles/storage.objectCreator",
                                false,
                                false,
                                person("writer@example.org")));
    }

    @Test
    void aRoleThatNobodyKnowsMayGiveAccessAndADeletedAccountDoesNot() {
        Observation seen = seen(
                binding("projects/p1/roles/custom", "group:a@example.org"),
                binding("roles/storage.objectAdmin", "deleted:serviceAccount:s@p.iam.gserviceaccount.com?uid=1"));

        assertThat(seen.foreign()).extracting(ForeignEntry::givesAccess).containsExactly(true, false);
    }

    @Test
    void aGrantOnABucketWithoutTheRoleMakesItsBinding() {
        Observation seen = seen(binding("roles/storage.legacyBucketOwner", "projectOwner:p1"));

        assertThat(after(seen, target("ada@example.org")))
                .containsExactly(
                        binding("roles/storage.legacyBucketOwner", "projectOwner:p1"),
                        binding(VIEWER, "user:ada@example.org"));
    }

    @Test
    void theLastOneRevokedLeavesNoEmptyBindingBehind() {
        Observation seen = seen(binding(VIEWER, "user:ada@example.org"), binding("roles/x", "group:g@example.org"));

        assertThat(after(seen, target())).containsExactly(binding("roles/x", "group:g@example.org"));
    }

    @Test
    void whoStaysKeepsTheProvidersSpelling() {
        Observation seen = seen(binding(VIEWER, "user:A.Da@GoogleMail.com", "user:bob@example.org"));

        assertThat(after(seen, target("ada@gmail.com"))).containsExactly(binding(VIEWER, "user:A.Da@GoogleMail.com"));
    }

    @Test
    void row9_duplicatesAndEmptyBindingsThatGoogleReturnsAreNotSentBack() {
        Observation seen = seen(
                binding("roles/empty"),
                binding("roles/x", "group:g@example.org", "group:g@example.org"),
                binding(VIEWER, "user:ada@example.org", "user:ada@example.org", "domain:example.org"),
                binding(VIEWER, "user:ADA@example.org", "domain:example.org"));

        assertThat(after(seen, target("ada@example.org", "bob@example.org")))
                .containsExactly(
                        binding("roles/x", "group:g@example.org"),
                        binding(VIEWER, "user:ada@example.org", "domain:example.org", "user:bob@example.org"));
    }

    @Test
    void row8_aDeletedAccountOfOursIsRemovedAndAForeignOneStays() {
        Observation seen = seen(
                binding(VIEWER, "deleted:user:ada@example.org?uid=1", "deleted:group:g@example.org?uid=2"),
                binding("roles/x", "deleted:user:ada@example.org?uid=1"));

        assertThat(after(seen, target()))
                .containsExactly(
                        binding(VIEWER, "deleted:group:g@example.org?uid=2"),
                        binding("roles/x", "deleted:user:ada@example.org?uid=1"));
    }

    @Test
    void row8_theNewAccountUnderADeletedOnesAddressIsSomebodyElse() {
        Observation seen = seen(binding(VIEWER, "deleted:user:ada@example.org?uid=1"));

        assertThat(after(seen, target("ada@example.org"))).containsExactly(binding(VIEWER, "user:ada@example.org"));
    }

    @Test
    void row5_theTokenOfTheReadIsInTheWriteAndTheVersionIs3() {
        Write write =
                Rendered.render(seen(), target("ada@example.org")).writes().getFirst();

        assertThat(PolicyWire.write((BucketPolicy) write.payload()).getEtag()).isEqualTo("CAE=");
        assertThat(PolicyWire.write((BucketPolicy) write.payload()).getVersion())
                .isEqualTo(3);
        assertThat(new String(PolicyWire.body((BucketPolicy) write.payload()), java.nio.charset.StandardCharsets.UTF_8))
                .contains("\"etag\":\"CAE=\"")
                .contains("\"version\":3");
        assertThat(write.bytes()).isEqualTo(PolicyWire.body((BucketPolicy) write.payload()).length);
    }

    @Test
    void row10_whoWouldBeOverTheLimitIsUnfitAndTheRestIsWritten() {
        List<String> crowd = new ArrayList<>();
        for (int i = 0; i < 1_400; i++) {
            crowd.add("group:g" + i + "@example.org");
        }
        String[] wanted = new String[120];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = "p%03d@example.org".formatted(i);
        }
        Observation seen = seen(new Binding("roles/x", crowd, null));

        Rendering rendering = Rendered.render(seen, target(wanted));

        assertThat(rendering.writes().getFirst().grants()).hasSize(100);
        assertThat(rendering.unfit())
                .hasSize(20)
                .allSatisfy(unfit -> assertThat(unfit.why()).contains("1,500"));
        assertThat(after(rendering).stream().mapToInt(b -> b.members().size()).sum())
                .isEqualTo(1_500);
    }

    @Test
    void row10_aRevocationMakesRoomInTheSameWrite() {
        List<String> full = new ArrayList<>();
        for (int i = 0; i < 1_500; i++) {
            full.add("user:p%04d@example.org".formatted(i));
        }
        String[] wanted = new String[1_500];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = "p%04d@example.org".formatted(i + 1);
        }

        Rendering rendering = Rendered.render(seen(new Binding(VIEWER, full, null)), target(wanted));

        assertThat(rendering.unfit()).isEmpty();
        assertThat(rendering.writes().getFirst().grants()).containsExactly(person("p1500@example.org"));
        assertThat(rendering.writes().getFirst().revokes()).containsExactly(person("p0000@example.org"));
    }

    @Test
    void anAddressThatWeWouldNotAcceptIsStillSomebodyWhoCanBeTakenOut() {
        Observation seen = seen(binding(VIEWER, "user:weird", "user:ada@example.org"));

        assertThat(seen.owned()).containsKey(GooglePrincipals.ofAddress("weird"));
        assertThat(after(seen, target("ada@example.org"))).containsExactly(binding(VIEWER, "user:ada@example.org"));
    }

    @Test
    void conditionsGoThroughTheClientsFormUnchanged() {
        BucketPolicy policy = new BucketPolicy(
                "CAE=",
                List.of(
                        new Binding(VIEWER, List.of("user:ada@example.org"), JUNE),
                        new Binding(VIEWER, List.of("user:bob@example.org"), new Binding.Condition("t", "d", "true"))));

        assertThat(PolicyWire.read(PolicyWire.write(policy))).isEqualTo(policy);
    }
}
