package org.physionet.provisioner.adapters.aws.accesspoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.aws.accesspoints.ShardedResource.arn;
import static org.physionet.provisioner.adapters.aws.accesspoints.ShardedResource.researcher;
import static org.physionet.provisioner.adapters.aws.accesspoints.ShardedResource.target;
import static org.physionet.provisioner.adapters.aws.accesspoints.ShardedResource.user;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.LiveEdge;
import org.physionet.provisioner.engine.adapter.Places;

/** Access points of PhysioNet's third generation (facts/physionet.md 3.3) taken over without moving anyone. */
class PhysioNetTakeOverTest {
    private static final String FIRST = "mimiciv-v3-1-01";

    private final ShardedResource resource = ShardedResource.mimic();

    /** As AWS shows what PhysioNet wrote: living users by ARN, dead ones by id. */
    private static String physioNets(String name, List<String> principals) {
        String arn = "arn:aws:s3:us-east-1:111122223333:accesspoint/" + name;
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Sid\":\"DenyListBucketOutsideProject\",\"Effect\":\"Deny\","
                + "\"Principal\":\"*\",\"Action\":\"s3:ListBucket\",\"Resource\":\"" + arn + "\","
                + "\"Condition\":{\"StringNotLike\":{\"s3:prefix\":\"mimiciv/3.1/*\"}}},"
                + "{\"Sid\":\"AllowGetObject\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":["
                + principals.stream().map(p -> "\"" + p + "\"").collect(Collectors.joining(",")) + "]},"
                + "\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],\"Resource\":[\"" + arn
                + "/object/mimiciv/3.1/*\",\"" + arn + "\"]}]}";
    }

    private static List<String> arns(int... numbers) {
        return IntStream.of(numbers).mapToObj(ShardedResource::arn).toList();
    }

    @Test
    void itsReadersAreSeenAndNothingIsWrittenWithoutADifference() {
        resource.policies.put(FIRST, physioNets(FIRST, arns(1, 2, 3)));

        assertThat(resource.owned().keySet())
                .isEqualTo(target(List.of(1, 2, 3)).edges().keySet());
        assertThat(resource.read().foreign())
                .extracting(ForeignEntry::givesAccess)
                .containsExactly(true);
        assertThat(resource.reconcile(target(List.of(1, 2, 3))).writes()).isEmpty();
        assertThat(resource.places.byHolder()).containsEntry(researcher(2), FIRST);
    }

    @Test
    void deadUsersAreShownAsDead() {
        resource.policies.put(FIRST, physioNets(FIRST, List.of(arn(1), user(2))));

        assertThat(resource.read().owned(true).values())
                .extracting(LiveEdge::spelling, LiveEdge::dead)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(arn(1), false),
                        org.assertj.core.groups.Tuple.tuple(user(2), true));
    }

    @Test
    void whoGoesIsTakenOutAndTheOthersStayNamedByTheirIds() {
        resource.policies.put(FIRST, physioNets(FIRST, arns(1, 2, 3)));
        resource.reconcile(target(List.of(1, 3)));

        assertThat(resource.policy(FIRST))
                .contains("\"Principal\":{\"AWS\":[\"" + user(1) + "\",\"" + user(3) + "\"]}")
                .contains("ProvisionerReadNamed")
                .contains("ProvisionerListOnlyPrefix")
                .doesNotContain("AllowGetObject");
        assertThat(resource.policies).hasSize(1);
    }

    @Test
    void physioNetsNextRenderingIsSeenAndRepaired() {
        resource.policies.put(FIRST, physioNets(FIRST, arns(1, 2)));
        resource.reconcile(target(List.of(1)));
        assertThat(resource.read().foreign()).isEmpty();

        resource.policies.put(FIRST, physioNets(FIRST, arns(1, 2)));
        assertThat(resource.read().foreign())
                .singleElement()
                .satisfies(f -> assertThat(f.text()).contains("PhysioNet"));
        resource.reconcile(target(List.of(1)));
        assertThat(resource.standing()).containsOnlyKeys(user(1));
    }

    @Test
    void widenedStatementOfPhysioNetsIsReportedAndPutRight() {
        resource.policies.put(FIRST, physioNets(FIRST, arns(1)).replace("\"s3:GetObject\"", "\"s3:*\""));
        assertThat(resource.read().foreign())
                .extracting(ForeignEntry::givesAccess)
                .containsExactly(true);

        resource.reconcile(target(List.of(1)));
        assertThat(resource.policy(FIRST)).doesNotContain("s3:*");
    }

    @Test
    void newcomersGetAShardOfOurOwnAndRecordedPlacesAreKept() {
        resource.policies.put(FIRST, physioNets(FIRST, arns(1)));
        resource.places = new Places(new TreeSet<>(), new TreeMap<>(Map.of(researcher(7), FIRST)));
        resource.reconcile(target(List.of(1, 7, 9)));

        assertThat(resource.standing().get(user(7))).containsExactly(FIRST);
        assertThat(resource.standing().get(user(9))).containsExactly(resource.shard(1));
    }

    @Test
    void onCommandPrincipalsBecomeConditionsAndNobodyMoves() {
        ShardedResource converted = new ShardedResource("physionet-controlled/mimiciv/3.1/", Form.CONDITION);
        converted.policies.put(FIRST, physioNets(FIRST, arns(1, 2)));

        assertThat(converted.reconcile(target(List.of(1, 2))).writes())
                .singleElement()
                .satisfies(w -> {
                    assertThat(w.grants()).isEmpty();
                    assertThat(w.revokes()).isEmpty();
                });
        assertThat(converted.policy(FIRST)).contains("\"aws:userid\":[\"" + user(1) + "\",\"" + user(2) + "\"]");
        assertThat(converted.render(target(List.of(1, 2))).writes()).isEmpty();
    }

    @Test
    void inThePrincipalFormNewShardsNameTheirUsers() {
        ShardedResource named = new ShardedResource("physionet-controlled/mimiciv/3.1/", Form.PRINCIPAL);
        named.reconcile(target(List.of(1)));

        assertThat(named.policy(named.shard(1))).contains("\"Principal\":{\"AWS\":[\"" + user(1) + "\"]}");
        named.policies.put(named.shard(1), named.policy(named.shard(1)).replace(user(1), arn(1)));
        assertThat(named.render(target(List.of(1))).writes()).isEmpty();
    }

    @Test
    void accessPointsOfAnotherVersionAreNotTaken() {
        ShardNames names = resource.layout.names();
        assertThat(names.isAdoptable("mimiciv-v3-1-01")).isTrue();
        assertThat(names.isAdoptable("mimiciv-v3-1-100")).isTrue();
        assertThat(names.isAdoptable("mimiciv-v3-1-1-01")).isFalse();
        assertThat(names.isAdoptable("mimiciv-v3-1-1")).isFalse();
        assertThat(names.isAdoptable("mimiciv-ed-v3-1-01")).isFalse();
    }

    @Test
    void anUnknownArnThatIsKeptStaysNamed() {
        String stranger = "arn:aws:iam::555566667777:user/stranger";
        resource.policies.put(FIRST, physioNets(FIRST, List.of(arn(1), arn(2), stranger)));
        var edges = new TreeMap<>(target(List.of(1)).edges());
        var kept = AwsIdentityKind.of(stranger);
        edges.put(kept, new org.physionet.provisioner.engine.adapter.Target.Edge(kept, null, null));
        resource.reconcile(new org.physionet.provisioner.engine.adapter.Target(edges));

        assertThat(resource.standing()).containsOnlyKeys(user(1), stranger);
    }
}
