package org.physionet.provisioner.adapters.gcp.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.members.Targets.target;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.gcp.members.GooglePrincipals;
import org.physionet.provisioner.adapters.gcp.members.Rendered;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Target;
import org.quicktheories.core.Gen;

/** Properties of the layout on policies full of duplicates, spellings, conditions, dead accounts and strangers. */
class BucketMembersPropertyTest {
    private static final List<String> MEMBERS = List.of(
            "user:ada@gmail.com",
            "user:A.da@googlemail.com",
            "user:ADA@gmail.com",
            "user:bob@example.org",
            "user:Bob@example.org",
            "user:cleo@example.org",
            "user:broken",
            "deleted:user:dan@example.org?uid=1",
            "deleted:user:bob@example.org?uid=2",
            "group:g@example.org",
            "serviceAccount:s@p.iam.gserviceaccount.com",
            "domain:example.org",
            "allUsers",
            "deleted:group:h@example.org?uid=3",
            "principal://iam.googleapis.com/x");

    private static final List<String> ROLES =
            List.of(StorageRoles.READER, StorageRoles.READER, "roles/storage.objectAdmin", "projects/p/roles/custom");

    private static final List<String> PEOPLE =
            List.of("ada@gmail.com", "bob@example.org", "cleo@example.org", "eve@example.org", "fay+1@gmail.com");

    private static Gen<BucketPolicy> policies() {
        Gen<List<String>> members = lists().of(
                        integers().between(0, MEMBERS.size() - 1).map(MEMBERS::get))
                .ofSizeBetween(0, 6);
        Gen<Binding> bindings = members.zip(
                integers().between(0, ROLES.size() - 1),
                integers().between(0, 2),
                (list, role, condition) -> new Binding(ROLES.get(role), list, condition(condition)));
        return lists().of(bindings).ofSizeBetween(0, 5).map(list -> new BucketPolicy("CAE=", list));
    }

    private static Binding.@Nullable Condition condition(int which) {
        return which == 0
                ? new Binding.Condition("t", "d", "request.time < timestamp(\"2027-01-01T00:00:00Z\")")
                : null;
    }

    private static Gen<Target> targets() {
        return lists().of(integers().between(0, PEOPLE.size() - 1).map(PEOPLE::get))
                .ofSizeBetween(0, PEOPLE.size())
                .map(people -> target(people.toArray(String[]::new)));
    }

    private static Observation seen(BucketPolicy policy) {
        return Rendered.seen("gs://b-1", policy);
    }

    private static BucketPolicy after(BucketPolicy before, Target target) {
        Rendering rendering = Rendered.render(seen(before), target);
        return rendering.writes().isEmpty()
                ? before
                : (BucketPolicy) rendering.writes().getFirst().payload();
    }

    private static Set<List<Object>> foreign(BucketPolicy policy) {
        Set<List<Object>> entries = new HashSet<>();
        for (Binding binding : policy.bindings()) {
            for (String member : binding.members()) {
                boolean ours = binding.role().equals(StorageRoles.READER) && binding.condition() == null;
                if (!ours || GooglePrincipals.ofMember(member).isEmpty()) {
                    entries.add(List.of(binding.role(), member, Optional.ofNullable(binding.condition())));
                }
            }
        }
        return entries;
    }

    @Test
    void exactlyTheTargetIsOwnedAfterwards() {
        qt().forAll(policies(), targets())
                .checkAssert((policy, target) -> assertThat(
                                seen(after(policy, target)).owned().keySet())
                        .isEqualTo(target.edges().keySet()));
    }

    @Test
    void nothingForeignIsLostOrAdded() {
        qt().forAll(policies(), targets())
                .checkAssert((policy, target) ->
                        assertThat(foreign(after(policy, target))).isEqualTo(foreign(policy)));
    }

    @Test
    void whatIsWrittenHasNoDuplicateAndNoEmptyBinding() {
        qt().forAll(policies(), targets()).checkAssert((policy, target) -> {
            Rendering rendering = Rendered.render(seen(policy), target);
            rendering
                    .writes()
                    .forEach(write -> assertThat(((BucketPolicy) write.payload()).bindings())
                            .allSatisfy(binding ->
                                    assertThat(binding.members()).isNotEmpty().doesNotHaveDuplicates()));
        });
    }

    @Test
    void renderingAgainOnWhatWasWrittenWritesNothing() {
        qt().forAll(policies(), targets())
                .checkAssert((policy, target) -> assertThat(Rendered.render(seen(after(policy, target)), target)
                                .writes())
                        .isEmpty());
    }

    @Test
    void theWriteSaysExactlyWhoGetsInAndWhoGetsOut() {
        qt().forAll(policies(), targets()).checkAssert((policy, target) -> {
            var before = new TreeSet<>(seen(policy).owned().keySet());
            Rendered.render(seen(policy), target).writes().forEach(write -> {
                before.addAll(write.grants());
                before.removeAll(write.revokes());
            });
            assertThat(before).isEqualTo(target.edges().keySet());
        });
    }

    @Test
    void theClientsFormKeepsEveryPolicy() {
        qt().forAll(policies())
                .checkAssert(policy ->
                        assertThat(PolicyWire.read(PolicyWire.write(policy))).isEqualTo(policy));
    }
}
