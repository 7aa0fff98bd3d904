package org.physionet.provisioner.adapters.gcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.address;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.nothing;
import static org.physionet.provisioner.adapters.gcp.GoogleWorld.object;
import static org.physionet.provisioner.adapters.gcp.members.Targets.person;
import static org.physionet.provisioner.adapters.gcp.members.Targets.target;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.physionet.provisioner.adapters.contract.Trouble;
import org.physionet.provisioner.engine.adapter.Adapter;
import org.physionet.provisioner.engine.adapter.AdapterContext;
import org.physionet.provisioner.engine.adapter.CallListener;
import org.physionet.provisioner.engine.adapter.Observation;
import org.physionet.provisioner.engine.adapter.Observed;
import org.physionet.provisioner.engine.adapter.Outcome;
import org.physionet.provisioner.engine.adapter.Pacing;
import org.physionet.provisioner.engine.adapter.Places;
import org.physionet.provisioner.engine.adapter.Rendering;
import org.physionet.provisioner.engine.adapter.Write;
import org.physionet.provisioner.engine.model.Resource;

/** The life of a group, and the rows of facts/gcp.md 2 that concern groups, on the simulator. */
class GroupLayoutTest {
    private final GroupWorld world = new GroupWorld(true);
    private final Adapter adapter = world.provider()
            .connect(world.settings(), new AdapterContext(InstantSource.system(), CallListener.NONE, Pacing.NONE));

    @AfterEach
    void close() {
        adapter.close();
        world.close();
    }

    private Observation observe(Resource resource) {
        Observed observed = adapter.observe(resource, Places.UNKNOWN);
        assertThat(observed).isInstanceOf(Observed.Seen.class);
        return ((Observed.Seen) observed).observation();
    }

    private Rendering render(Resource resource, String... people) {
        return adapter.render(resource, observe(resource), target(people), Places.UNKNOWN);
    }

    private List<Write> writes(Resource resource, String... people) {
        Rendering rendering = render(resource, people);
        assertThat(rendering.unfit()).isEmpty();
        return rendering.writes();
    }

    private void make(Resource resource, String... people) {
        writes(resource, people)
                .forEach(write -> assertThat(adapter.write(resource, write)).isInstanceOf(Outcome.Success.class));
    }

    private boolean canRead(Resource resource, int person) {
        return world.canRead(resource, world.person(person));
    }

    private List<String> inGroup(Resource resource) {
        return world.members(resource).findValuesAsText("email");
    }

    @Test
    void theFirstGrantMakesTheGroupClosesItAndPutsItIntoThePolicy() {
        Resource resource = world.untouched();

        Write first = writes(resource, address(1)).getFirst();
        world.forgetCalls();
        assertThat(adapter.write(resource, first)).isEqualTo(new Outcome.Applied());

        assertThat(first.calls())
                .isEqualTo(Map.of(
                        "directory.groups.insert", 1,
                        "groupsSettings.groups.patch", 1,
                        "storage.buckets.setIamPolicy", 1,
                        "directory.members.insert", 1));
        assertThat(world.calls()).hasSize(4);
        assertThat(canRead(resource, 1)).isTrue();
        ObjectNode settings = world.call("GET", "/groups/v1/groups/" + GroupWorld.group(resource), nothing());
        assertThat(settings.path("whoCanJoin").asText()).isEqualTo("INVITED_CAN_JOIN");
        assertThat(settings.path("allowExternalMembers").asText()).isEqualTo("true");
        assertThat(adapter.check(resource)).allMatch(Adapter.Check::ok);
    }

    @Test
    void everybodyOutIsOneWriteOfThePolicyAndKeepsTheMemberships() {
        Resource resource = world.newResource();
        make(resource, address(1), address(2), address(3));

        List<Write> closing = writes(resource);
        closing.forEach(write -> adapter.write(resource, write));

        assertThat(closing).hasSize(1);
        assertThat(closing.getFirst().revokes()).hasSize(3);
        assertThat(observe(resource).owned()).isEmpty();
        assertThat(canRead(resource, 1)).isFalse();
        assertThat(inGroup(resource)).containsExactly(address(1), address(2), address(3));
        assertThat(writes(resource)).isEmpty();
    }

    @Test
    void reopeningLetsInThoseWhoMayAndPutsTheOthersOutFirst() {
        Resource resource = world.newResource();
        make(resource, address(1), address(2), address(3));
        make(resource);

        List<Write> opening = writes(resource, address(1), address(2), address(4));
        opening.forEach(write -> adapter.write(resource, write));

        assertThat(opening).hasSize(2);
        assertThat(opening.getFirst().grants())
                .isEqualTo(new TreeSet<>(List.of(person(address(1)), person(address(2)))));
        assertThat(inGroup(resource)).containsExactly(address(1), address(2), address(4));
        assertThat(canRead(resource, 2)).isTrue();
        assertThat(canRead(resource, 3)).isFalse();
    }

    @Test
    void aFailureBeforeTheDoorOpensLeavesEverybodyOutside() {
        Resource resource = world.newResource();
        make(resource, address(1), address(2), address(3));
        make(resource);
        Write opening = writes(resource, address(1), address(2)).getFirst();
        world.trouble("directory.members.delete", Trouble.answer(503));

        assertThat(adapter.write(resource, opening)).isInstanceOf(Outcome.Unknown.class);

        assertThat(canRead(resource, 1)).isFalse();
        assertThat(canRead(resource, 3)).isFalse();
    }

    @Test
    void aGroupThatSomebodyOpenedUpIsClosedAgainBeforeItGoesIntoThePolicy() {
        Resource resource = world.untouched();
        world.call("POST", GroupWorld.GROUPS, object().put("email", GroupWorld.group(resource)));
        assertThat(adapter.check(resource))
                .anySatisfy(check -> assertThat(check.detail()).contains("whoCanJoin"));

        make(resource, address(1));

        assertThat(adapter.check(resource)).allMatch(Adapter.Check::ok);
    }

    @Test
    void managersAndOwnersOfTheGroupAreForeignAndStay() {
        Resource resource = world.newResource();
        world.rivalAddsForeign(resource);
        make(resource, address(1), address(2));
        make(resource, address(1));

        assertThat(observe(resource).owned()).containsOnlyKeys(person(address(1)));
        assertThat(observe(resource).foreign()).anySatisfy(entry -> {
            assertThat(entry.text()).contains(address(30)).contains("manager");
            assertThat(entry.givesAccess()).isTrue();
        });
    }

    @Test
    void membersBeyondOnePageAreAllSeen() {
        Resource resource = world.newResource();
        ObjectNode state = world.simulator().state();
        var accounts = state.withObject("/gcp").withArray("accounts");
        var members = ((ObjectNode) state.at("/gcp/groups/0")).withArray("members");
        for (int i = 0; i < 450; i++) {
            accounts.addObject().put("email", "reader%03d@example.net".formatted(i));
            members.addObject().put("email", "reader%03d@example.net".formatted(i));
        }
        world.simulator().load(state);

        Observation seen = observe(resource);

        assertThat(seen.owned()).hasSize(450);
        assertThat(seen.calls()).containsEntry("directory.members.list", 3);
    }

    @Test
    void row13_whoIsInAlreadyIsASuccess() {
        Resource resource = world.newResource();
        Write join = writes(resource, address(1)).getFirst();
        world.rivalAddsPerson(resource, world.person(1));

        assertThat(adapter.write(resource, join)).isEqualTo(new Outcome.AlreadySo());
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-google", "deleted"})
    void row14_anAddressWithoutAGoogleAccountIsRejectedByName(String status) {
        Resource resource = world.newResource();
        ObjectNode state = world.simulator().state();
        state.withObject("/gcp")
                .withArray("accounts")
                .addObject()
                .put("email", "x@example.net")
                .put("status", status);
        world.simulator().load(state);

        Outcome outcome =
                adapter.write(resource, writes(resource, "x@example.net").getFirst());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.culprits()).containsExactly(person("x@example.net")));
    }

    @Test
    void row14_aRefusalThatWasAFalseAlarmShowsInTheNextRead() {
        Resource resource = world.newResource();
        Write join = writes(resource, address(1)).getFirst();
        world.trouble("directory.members.insert", new Trouble(412, "conditionNotMet", true));

        assertThat(adapter.write(resource, join)).isInstanceOf(Outcome.Rejected.class);
        assertThat(observe(resource).owned()).containsOnlyKeys(person(address(1)));
    }

    @Test
    void row15_membershipIsReadFromTheListAndNeverAskedForOnePerson() {
        Resource resource = world.newResource();
        world.forgetCalls();
        make(resource, address(1));
        make(resource);

        assertThat(world.calls()).noneMatch(call -> call.method().equals("directory.members.hasMember"));
        assertThat(world.calls()).anyMatch(call -> call.method().equals("directory.members.list"));
    }

    @Test
    void row16_whoIsOutAlreadyIsASuccess() {
        Resource resource = world.newResource();
        make(resource, address(1), address(2));
        Write leave = writes(resource, address(2)).getFirst();
        world.call(
                "DELETE", GroupWorld.GROUPS + "/" + GroupWorld.group(resource) + "/members/" + address(1), nothing());

        assertThat(adapter.write(resource, leave)).isEqualTo(new Outcome.AlreadySo());
    }

    @Test
    void row17_aGroupHalfMadeByALostAnswerIsTakenUpByTheNextAttempt() {
        Resource resource = world.untouched();
        Write first = writes(resource, address(1)).getFirst();
        world.trouble("directory.groups.insert", Trouble.answerThoughDone(503));

        assertThat(adapter.write(resource, first)).isInstanceOf(Outcome.Unknown.class);
        assertThat(canRead(resource, 1)).isFalse();

        assertThat(adapter.write(resource, first)).isEqualTo(new Outcome.Applied());
        assertThat(canRead(resource, 1)).isTrue();
        assertThat(adapter.check(resource)).allMatch(Adapter.Check::ok);
    }

    @Test
    void row18_aNewGroupThatPoliciesDoNotKnowYetAsksForAnotherAttempt() {
        ObjectNode state = world.simulator().state();
        state.withObject("/gcp/switches/propagation").put("newGroup", "PT1M");
        world.simulator().load(state);
        Resource resource = world.untouched();

        Outcome tooSoon = adapter.write(resource, writes(resource, address(1)).getFirst());
        world.simulator().clock().advance(Duration.ofMinutes(2));
        make(resource, address(1));

        assertThat(tooSoon).isInstanceOf(Outcome.Conflict.class);
        assertThat(canRead(resource, 1)).isTrue();
    }

    @Test
    void row20_theWaitForAGroupIsSaidToBeLong() {
        Resource resource = world.untouched();

        assertThat(adapter.howTo(resource, person(address(1)), null))
                .anySatisfy(line -> assertThat(line).contains("sometimes hours"));
        assertThat(adapter.revokeVisible(resource)).isGreaterThan(Duration.ofHours(1));
        assertThat(adapter.revokeVisible(GoogleBench.BUCKET)).isLessThan(Duration.ofHours(1));
    }

    @Test
    void row20_whoIsTakenOutOfAGroupIsNotSaidToBeOutAtOnce() {
        Resource resource = world.newResource();
        make(resource, address(1), address(2));

        assertThat(render(resource, address(1)).notes())
                .singleElement()
                .asString()
                .contains("taken out of the group: 1", "24 hours");
        assertThat(render(resource).notes()).as("the policy is quick").isEmpty();
    }
}
