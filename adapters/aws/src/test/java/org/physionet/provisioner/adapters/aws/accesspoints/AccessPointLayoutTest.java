package org.physionet.provisioner.adapters.aws.accesspoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.aws.accesspoints.ShardedResource.researcher;
import static org.physionet.provisioner.adapters.aws.accesspoints.ShardedResource.target;
import static org.physionet.provisioner.adapters.aws.accesspoints.ShardedResource.targetOf;
import static org.physionet.provisioner.adapters.aws.accesspoints.ShardedResource.user;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.aws.AwsIdentityKind;
import org.physionet.provisioner.adapters.aws.policy.Policy;
import org.physionet.provisioner.engine.adapter.ForeignEntry;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Write;

class AccessPointLayoutTest {
    private static final String FOREIGN =
            "{\"Sid\":\"Institution\",\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::999988887777:root\"},"
                    + "\"Action\":\"s3:GetObject\",\"Resource\":\"*\",\"Condition\":{\"Bool\":{\"aws:SecureTransport\":true}}}";

    /** (18,432 bytes - 599 around the list) / 24: facts/aws.md A1.2 counts 755 with a bare read statement. */
    private static final int FULL = 743;

    private final ShardedResource resource = ShardedResource.mimic();

    @Test
    void oneListOfIdsServesReadingAndListing() {
        resource.reconcile(target(List.of(2, 1)));

        String arn = "arn:aws:s3:us-east-1:111122223333:accesspoint/" + resource.shard(1);
        assertThat(resource.policy(resource.shard(1)))
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Statement\":["
                        + "{\"Sid\":\"ProvisionerRead\",\"Effect\":\"Allow\",\"Principal\":\"*\","
                        + "\"Action\":[\"s3:GetObject\",\"s3:ListBucket\"],"
                        + "\"Resource\":[\"" + arn + "\",\"" + arn + "/object/mimiciv/3.1/*\"],"
                        + "\"Condition\":{\"StringEquals\":{\"aws:userid\":[\"" + user(1) + "\",\"" + user(2)
                        + "\"]}}},"
                        + "{\"Sid\":\"ProvisionerListOnlyPrefix\",\"Effect\":\"Deny\",\"Principal\":\"*\","
                        + "\"Action\":\"s3:ListBucket\",\"Resource\":\"" + arn + "\","
                        + "\"Condition\":{\"StringNotLike\":{\"s3:prefix\":\"mimiciv/3.1/*\"}}}]}");
    }

    @Test
    void wholeBucketNeedsNoRuleForListing() {
        ShardedResource whole = new ShardedResource("mimic-open/");
        whole.reconcile(target(List.of(1)));

        assertThat(whole.policy(whole.shard(1))).doesNotContain("Deny").contains("/object/*\"");
    }

    @Test
    void sameInputGivesTheSameBytes() {
        List<Integer> people = IntStream.range(0, 2000).boxed().toList();
        Rendering one = resource.render(target(people));
        Rendering other = ShardedResource.mimic().render(target(people.reversed()));

        assertThat(other).isEqualTo(one);
    }

    @Test
    void withoutADifferenceNothingIsWritten() {
        resource.reconcile(target(List.of(1, 2, 3)));

        assertThat(resource.render(target(List.of(1, 2, 3))).writes()).isEmpty();
    }

    @Test
    void policyInAnotherSpellingOfTheProviderIsNoDifference() {
        resource.reconcile(target(List.of(1)));
        String shard = resource.shard(1);
        resource.policies.put(
                shard,
                resource.policy(shard)
                        .replace("\"Principal\":\"*\"", "\"Principal\":{\"AWS\":\"*\"}")
                        .replace("[\"" + user(1) + "\"]", "\"" + user(1) + "\"")
                        .replace("[\"s3:GetObject\",\"s3:ListBucket\"]", "[\"s3:ListBucket\",\"s3:GetObject\"]"));

        assertThat(resource.render(target(List.of(1))).writes()).isEmpty();
    }

    @Test
    void tenThousandPeopleNeedFourteenShardsBelowTheReserve() {
        resource.reconcile(target(IntStream.range(0, 10_000).boxed().toList()));

        assertThat(resource.policies).hasSize(14);
        assertThat(resource.policies.values())
                .allSatisfy(text -> assertThat(Policy.bytes(text)).isLessThanOrEqualTo(18_432));
        assertThat(resource.standing()).hasSize(10_000);
    }

    @Test
    void shardTakesOneMoreThanFullOnlyInAnother() {
        resource.reconcile(target(IntStream.range(0, FULL).boxed().toList()));
        assertThat(resource.policies).hasSize(1);
        resource.reconcile(target(IntStream.rangeClosed(0, FULL).boxed().toList()));
        assertThat(resource.policies).hasSize(2);
    }

    @Test
    void emptyListDeletesThePolicyAndNeverOpensIt() {
        resource.reconcile(target(List.of(1, 2)));
        Rendering rendering = resource.reconcile(target(List.of()));

        assertThat(rendering.writes()).singleElement().satisfies(w -> {
            assertThat(((ShardWrite) w.payload()).policy()).isNull();
            assertThat(w.calls()).isEqualTo(Map.of(Calls.DELETE_POLICY, 1));
            assertThat(w.revokes()).hasSize(2);
        });
        assertThat(resource.policies).containsEntry(resource.shard(1), null);
    }

    @Test
    void foreignStatementsAreWrittenBackAsTheyWere() {
        resource.reconcile(target(List.of(1)));
        String shard = resource.shard(1);
        resource.policies.put(
                shard,
                resource.policy(shard).replace("\"Statement\":[", "\"Id\":\"x\",\"Statement\":[" + FOREIGN + ","));

        resource.reconcile(target(List.of(1, 2)));
        assertThat(resource.policy(shard))
                .contains(FOREIGN)
                .contains("\"Id\":\"x\"")
                .contains(user(2));

        resource.reconcile(target(List.of()));
        assertThat(resource.policy(shard))
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Id\":\"x\",\"Statement\":[" + FOREIGN + "]}");
        assertThat(resource.read().foreign())
                .containsExactly(new ForeignEntry(
                        "access point " + shard + ": statement " + FOREIGN,
                        true,
                        false,
                        AwsIdentityKind.of("arn:aws:iam::999988887777:root")));
    }

    @Test
    void statementOfOursThatSomebodyWidenedIsReportedAndPutRight() {
        resource.reconcile(target(List.of(1)));
        String shard = resource.shard(1);
        String right = resource.policy(shard);
        resource.policies.put(shard, right.replace("\"s3:GetObject\"", "\"s3:*\""));

        assertThat(resource.read().foreign()).singleElement().satisfies(f -> {
            assertThat(f.givesAccess()).isTrue();
            assertThat(f.text()).contains(shard);
        });
        assertThat(resource.reconcile(target(List.of(1))).writes())
                .singleElement()
                .satisfies(w -> {
                    assertThat(w.grants()).isEmpty();
                    assertThat(w.revokes()).isEmpty();
                });
        assertThat(resource.policy(shard)).isEqualTo(right);
    }

    @Test
    void missingListRuleIsPutRight() {
        resource.reconcile(target(List.of(1)));
        String shard = resource.shard(1);
        String right = resource.policy(shard);
        resource.policies.put(shard, right.substring(0, right.indexOf(",{\"Sid\":\"ProvisionerListOnly")) + "]}");

        resource.reconcile(target(List.of(1)));
        assertThat(resource.policy(shard)).isEqualTo(right);
    }

    @Test
    void personInTwoShardsLosesBoth() {
        resource.reconcile(target(IntStream.range(0, 1000).boxed().toList()));
        String second = resource.shard(2);
        resource.policies.put(
                second, resource.policy(second).replace("aws:userid\":[", "aws:userid\":[\"" + user(3) + "\","));
        assertThat(resource.standing().get(user(3))).hasSize(2);

        resource.reconcile(target(IntStream.range(4, 1000).boxed().toList()));
        assertThat(resource.standing()).doesNotContainKey(user(3));
    }

    @Test
    void newIdentityTakesItsHoldersPlace() {
        resource.reconcile(target(IntStream.range(0, 1500).boxed().toList()));
        String place = resource.places.byHolder().get(researcher(1400));
        assertThat(place).isNotEqualTo(resource.shard(1));

        Map<String, Integer> after = new java.util.TreeMap<>();
        IntStream.range(0, 1500).filter(n -> n != 1400).forEach(n -> after.put(user(n), n));
        after.remove(user(5));
        after.put("AIDANEWIDENTITY000001", 1400);
        resource.reconcile(targetOf(after));

        assertThat(resource.standing().get("AIDANEWIDENTITY000001")).containsExactly(place);
        assertThat(resource.standing()).doesNotContainKey(user(1400));
    }

    @Test
    void placeOfSomebodyAwayIsNoHole() {
        List<Integer> full = IntStream.range(0, FULL).boxed().toList();
        resource.reconcile(target(full));
        assertThat(resource.policies).hasSize(1);
        resource.reconcile(target(IntStream.range(1, FULL).boxed().toList()));

        resource.reconcile(target(IntStream.range(1, FULL + 1).boxed().toList()));
        assertThat(resource.standing().get(user(FULL))).containsExactly(resource.shard(2));
        resource.reconcile(target(IntStream.range(0, FULL + 1).boxed().toList()));
        assertThat(resource.standing().get(user(0))).containsExactly(resource.shard(1));
    }

    @Test
    void holesAreRefilledBeforeANewShardIsOpened() {
        resource.reconcile(target(IntStream.range(0, FULL).boxed().toList()));
        resource.reconcile(target(IntStream.range(1, FULL).boxed().toList()));
        resource.places = new Places(resource.places.documents(), new java.util.TreeMap<>());

        resource.reconcile(target(IntStream.range(1, FULL + 1).boxed().toList()));
        assertThat(resource.policies).hasSize(1);
    }

    @Test
    void edgeOfUnknownHolderStaysWhereItStands() {
        resource.reconcile(targetOf(Map.of(user(1), -1)));
        resource.places = Places.UNKNOWN;

        assertThat(resource.render(targetOf(Map.of(user(1), -1))).writes()).isEmpty();
    }

    @Test
    void vanishedShardIsMadeAgainUnderItsNameForItsPeople() {
        resource.reconcile(target(IntStream.range(0, 1500).boxed().toList()));
        Set<String> before = new TreeSet<>(resource.policies.keySet());
        var standing = resource.standing();
        resource.policies.remove(resource.shard(2));

        Rendering rendering =
                resource.reconcile(target(IntStream.range(0, 1500).boxed().toList()));
        assertThat(rendering.writes())
                .singleElement()
                .satisfies(w -> assertThat(w.calls())
                        .isEqualTo(Map.of(Calls.CREATE, 1, Calls.PUT_POLICY, 1, Calls.GET_STATUS, 1)));
        assertThat(resource.policies.keySet()).isEqualTo(before);
        assertThat(resource.standing()).isEqualTo(standing);
    }

    @Test
    void numberOfAPlannedShardIsNotGivenTwice() {
        resource.places =
                new Places(new TreeSet<>(), new java.util.TreeMap<>(Map.of(researcher(9), resource.shard(7))));
        resource.reconcile(target(List.of(1)));

        assertThat(resource.standing().get(user(1))).containsExactly(resource.shard(8));
    }

    @Test
    void rolesAreNamedAndUsersAreNot() {
        String role = "AROA00000000000000001";
        resource.reconcile(targetOf(Map.of(user(1), 1, role, 2)));

        assertThat(resource.policy(resource.shard(1)))
                .contains("\"Principal\":{\"AWS\":[\"" + role + "\"]}")
                .contains("\"aws:userid\":[\"" + user(1) + "\"]");
        assertThat(resource.render(targetOf(Map.of(user(1), 1, role, 2))).writes())
                .isEmpty();
    }

    @Test
    void principalThatIsNoUniqueIdIsUnfitAndDelaysNobody() {
        Rendering rendering = resource.reconcile(targetOf(Map.of("arn:aws:iam::111122223333:user/ada", 1, user(2), 2)));

        assertThat(rendering.unfit())
                .singleElement()
                .satisfies(u -> assertThat(u.why()).contains("unique id"));
        assertThat(resource.standing()).containsOnlyKeys(user(2));
    }

    @Test
    void writesThatShutSomebodyOutComeFirst() {
        resource.reconcile(target(IntStream.range(0, 1500).boxed().toList()));
        resource.policies.remove(resource.shard(1));
        List<Write> writes = resource.render(
                        target(IntStream.range(0, 1499).boxed().toList()))
                .writes();

        assertThat(writes).hasSize(2);
        assertThat(writes.getFirst().revokes()).isNotEmpty();
        assertThat(writes.getLast().revokes()).isEmpty();
    }
}
