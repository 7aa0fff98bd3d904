package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.nothing;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.object;
import static org.physionet.provisioner.adapters.gcp.GroupWorld.GROUPS;
import static org.physionet.provisioner.adapters.gcp.GroupWorld.group;
import static org.physionet.provisioner.adapters.gcp.LiveAdapter.target;
import static org.physionet.provisioner.adapters.gcp.members.Targets.person;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Target;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/** Groups stay as they must be, whatever somebody does to them. */
class GroupUpkeepTest {
    private final GroupWorld world = new GroupWorld(true);
    private final LiveAdapter live = new LiveAdapter(world);

    @AfterEach
    void close() {
        live.close();
        world.close();
    }

    private void set(Resource resource, String key, String value) {
        world.call(
                "POST",
                "/groups/v1/groups/" + group(resource),
                object().put(key, value),
                Map.of("X-HTTP-Method-Override", "PATCH"));
    }

    @Test
    void aSettingThatSomebodyOpenedIsListedFirstAndThenSetRightAsUpkeep() {
        Resource resource = world.newResource();
        Target target = target(address(1), null);
        live.make(resource, target);
        set(resource, "whoCanJoin", "ANYONE_CAN_JOIN");

        assertThat(live.adapter.check(resource))
                .filteredOn(check -> !check.ok())
                .singleElement()
                .satisfies(check ->
                        assertThat(check.detail()).isEqualTo("whoCanJoin is ANYONE_CAN_JOIN, not INVITED_CAN_JOIN"));
        List<Write> upkeep = live.make(resource, target);

        assertThat(upkeep).hasSize(1);
        assertThat(upkeep.getFirst().grants()).isEmpty();
        assertThat(upkeep.getFirst().revokes()).isEmpty();
        assertThat(upkeep.getFirst().upkeep()).contains("whoCanJoin is ANYONE_CAN_JOIN");
        assertThat(live.adapter.check(resource)).allMatch(Adapter.Check::ok);
    }

    @Test
    void whereOnlyTheDirectoryIsUsedTheCheckSaysThatGroupsCanBePutIn() {
        Resource resource = world.untouched();
        live.make(resource, target(address(1), null));

        assertThat(live.adapter.check(resource))
                .filteredOn(check -> check.what().contains("no groups inside"))
                .singleElement()
                .satisfies(check -> {
                    assertThat(check.detail()).contains("memberRestriction is none");
                    assertThat(check.fix()).contains("groupsApi: cloud-identity");
                });
        world.trouble("cloudidentity.groups.lookup", Trouble.answer(403, "forbidden"));
        assertThat(live.adapter.check(resource))
                .filteredOn(check -> check.what().contains("no groups inside"))
                .singleElement()
                .satisfies(check -> assertThat(check.fix()).contains("cloudidentity.googleapis.com"));
    }

    @Test
    void settingsThatCanNotBeReadHideNobodyAndAreSaidByTheCheck() {
        Resource resource = world.newResource();
        Target target = target(address(1), null);
        live.make(resource, target);
        world.trouble("groupsSettings.groups.get", Trouble.answer(403, "forbidden"));
        assertThat(live.writes(resource, target)).isEmpty();

        world.trouble("groupsSettings.groups.get", Trouble.answer(403, "forbidden"));
        assertThat(live.adapter.check(resource))
                .anySatisfy(check -> assertThat(check.fix()).contains("groupssettings.googleapis.com"));
    }

    @Test
    void whereThePolicyIsNotOursToWriteEverybodyIsTakenOutOfTheGroupInstead() {
        Resource resource = world.newResource();
        live.make(resource, target(address(1), null, address(2), null));
        Write shut = live.writes(resource, target()).getFirst();
        world.trouble("storage.buckets.setIamPolicy", Trouble.answer(403, "forbidden"));

        assertThat(live.adapter.write(resource, shut))
                .isInstanceOfSatisfying(
                        Outcome.Conflict.class,
                        conflict -> assertThat(conflict.reason()).contains("one by one"));
        live.make(resource, target());

        assertThat(world.members(resource)).isEmpty();
        assertThat(world.canRead(resource, world.person(1))).isFalse();
        assertThat(live.observe(resource).owned()).isEmpty();
    }

    @Test
    void ownersManagersAndGroupsInTheGroupAreNeverTouched() {
        Resource resource = world.untouched();
        live.make(resource, target(address(1), null));
        world.call("POST", GROUPS, object().put("email", "nested@physionet.org"));
        String members = GROUPS + "/" + group(resource) + "/members";
        world.call("POST", members, object().put("email", "nested@physionet.org"));
        world.call("POST", members, object().put("email", address(20)).put("role", "OWNER"));
        world.call("POST", members, object().put("email", address(21)).put("role", "MANAGER"));

        live.make(resource, target(address(1), null, address(2), null));
        live.make(resource, target(address(2), null));

        assertThat(world.members(resource).findValuesAsText("email"))
                .containsExactlyInAnyOrder("nested@physionet.org", address(20), address(21), address(2));
        assertThat(live.observe(resource).foreign())
                .extracting(entry -> entry.text())
                .anyMatch(text -> text.contains("group nested@physionet.org as member"))
                .anyMatch(text -> text.contains("owner"));
    }

    @Test
    void aGroupThatWasDeletedIsMadeAgainAndPutIntoThePolicyAgain() {
        Resource resource = world.newResource();
        Target target = target(address(1), null, address(2), null);
        live.make(resource, target);
        world.call("DELETE", GROUPS + "/" + group(resource), nothing());
        assertThat(live.observe(resource).owned()).isEmpty();

        live.make(resource, target);

        assertThat(live.observe(resource).owned()).containsOnlyKeys(person(address(1)), person(address(2)));
        assertThat(world.canRead(resource, world.person(1))).isTrue();
        assertThat(live.adapter.check(resource)).allMatch(Adapter.Check::ok);
    }

    @Test
    void aGroupThatSomebodyMadeAnewUnderTheAddressIsClosedAndEmptiedBeforeItGetsIn() {
        Resource resource = world.newResource();
        Target target = target(address(1), null);
        live.make(resource, target);
        world.call("DELETE", GROUPS + "/" + group(resource), nothing());
        world.call("POST", GROUPS, object().put("email", group(resource)));
        world.call("POST", GROUPS + "/" + group(resource) + "/members", object().put("email", address(9)));

        live.make(resource, target);

        assertThat(world.members(resource).findValuesAsText("email")).containsExactly(address(1));
        assertThat(world.canRead(resource, world.person(9))).isFalse();
        assertThat(live.adapter.check(resource)).allMatch(Adapter.Check::ok);
    }

    @Test
    void oneGroupOnSeveralResourcesHasEachDoorRepairedByItself() {
        Resource one = world.newResource();
        Resource other = GoogleBench.resource("gs://" + world.newBucket(), "group", Map.of("group", group(one)));
        Target target = target(address(1), null, address(2), null);

        live.make(one, target);
        List<Write> second = live.make(other, target);

        assertThat(second).hasSize(1);
        assertThat(second.getFirst().grants()).hasSize(2);
        assertThat(world.canRead(other, world.person(1))).isTrue();
        live.make(other, target());
        assertThat(world.canRead(other, world.person(1))).isFalse();
        assertThat(world.canRead(one, world.person(1))).isTrue();
    }

    @Test
    void row17_aGroupOfWhichHalfTheCallsKnowNothingIsDeletedAndMadeAgain() {
        ObjectNode state = world.simulator().state();
        state.withObject("/gcp/switches").put("halfCreatedGroups", true);
        world.simulator().load(state);
        Resource resource = world.untouched();
        Target target = target(address(1), null);
        world.trouble("directory.groups.insert", Trouble.answerThoughDone(503));
        Write first = live.writes(resource, target).getFirst();
        assertThat(live.adapter.write(resource, first)).isInstanceOf(Outcome.Unknown.class);

        Write again = live.writes(resource, target).getFirst();
        assertThat(live.adapter.write(resource, again)).isInstanceOf(Outcome.Conflict.class);
        live.make(resource, target);

        assertThat(world.canRead(resource, world.person(1))).isTrue();
        assertThat(live.adapter.check(resource)).allMatch(Adapter.Check::ok);
    }
}
