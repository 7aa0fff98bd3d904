package org.physionet.provisioner.adapters.gcp.directory;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;

/** One of the two APIs through which groups are kept. Every method but {@link #list} is one call. */
interface GroupsApi {
    String insertGroup();

    String join();

    String leave();

    /** The method by which a membership's end is moved. */
    String extend();

    /** Whether memberships can end by themselves, as far as is known: the licence decides, and shows at the first attempt. */
    boolean ends();

    /** The provider has said that the licence has no memberships that end. */
    void hasNoEnds();

    /** Whether {@link NoNesting} can be seen to, as far as is known: the licence decides, and shows at the first attempt. */
    default boolean restricts() {
        return false;
    }

    /** The provider has said that this group's members can not be restricted. */
    default void hasNoRestrictions() {}

    /** @throws IOException also if there is no such group, see {@code GroupFailures.isNoGroup} */
    Listed list(GoogleClients google, String address) throws IOException;

    /** @return the group as it is to be named from now on */
    GroupRef create(GoogleClients google, GroupRef group, String resource) throws IOException;

    void join(GoogleClients google, GroupRef group, String person, @Nullable Instant end) throws IOException;

    void leave(GoogleClients google, GroupRef group, String id) throws IOException;

    /** @throws IOException also if the API knows no ends */
    void extend(GoogleClients google, GroupRef group, String id, @Nullable Instant end) throws IOException;

    /**
     * Everybody in a group.
     *
     * @param calls that it took, by method
     */
    record Listed(GroupRef group, List<Listing> members, Map<String, Integer> calls) {}

    /**
     * One member as listed.
     *
     * @param id by which the API takes them out
     * @param address empty: the API shows none
     * @param person a user of role MEMBER
     * @param joined when the membership was made; null: the API does not say
     * @param text for people
     */
    record Listing(
            String id,
            String address,
            boolean person,
            @Nullable Instant end,
            @Nullable Instant joined,
            String text) {}
}
