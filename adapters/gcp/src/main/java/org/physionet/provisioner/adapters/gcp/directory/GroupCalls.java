package org.physionet.provisioner.adapters.gcp.directory;

import com.google.api.services.directory.Directory;
import com.google.api.services.directory.model.Group;
import com.google.api.services.directory.model.Member;
import com.google.api.services.directory.model.Members;
import com.google.api.services.groupssettings.model.Groups;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;

/** The calls to the Directory and Groups Settings APIs, one method each. */
final class GroupCalls {
    /** The most that the API gives at once. */
    private static final int PAGE = 200;

    private GroupCalls() {}

    /**
     * @param members all, of every kind and role
     * @param pages calls that it took
     */
    record Listed(List<Member> members, int pages) {}

    static Listed members(GoogleClients google, String group) throws IOException {
        List<Member> members = new ArrayList<>();
        int pages = 0;
        @Nullable String token = null;
        do {
            Directory.Members.List list =
                    google.directory().members().list(group).setMaxResults(PAGE);
            if (token != null) {
                list.setPageToken(token);
            }
            Members page = list.execute();
            pages++;
            if (page.getMembers() != null) {
                members.addAll(page.getMembers());
            }
            token = page.getNextPageToken();
        } while (token != null && !token.isEmpty());
        return new Listed(members, pages);
    }

    static void create(GoogleClients google, String group, String resource) throws IOException {
        Group made = new Group()
                .setEmail(group)
                .setName(group.substring(0, group.indexOf('@')))
                .setDescription("Readers of " + resource + ". Managed by the PhysioNet provisioner.");
        google.directory().groups().insert(made).execute();
    }

    static Groups settings(GoogleClients google, String group) throws IOException {
        return google.groupsSettings().groups().get(group).setAlt("json").execute();
    }

    static void close(GoogleClients google, String group) throws IOException {
        google.groupsSettings()
                .groups()
                .patch(group, GroupSettings.closed())
                .setAlt("json")
                .execute();
    }

    static void join(GoogleClients google, String group, String address) throws IOException {
        Member member = new Member().setEmail(address).setRole("MEMBER").setDeliverySettings("NONE");
        google.directory().members().insert(group, member).execute();
    }

    static void leave(GoogleClients google, String group, String listed) throws IOException {
        google.directory().members().delete(group, listed).execute();
    }
}
