package org.physionet.provisioner.adapters.gcp.directory;

import com.google.api.services.groupssettings.model.Groups;
import java.io.IOException;
import org.physionet.provisioner.adapters.gcp.calls.GoogleClients;

/** The two calls to the Groups Settings API. */
final class SettingsApi {
    static final String GET = "groupsSettings.groups.get";
    static final String PATCH = "groupsSettings.groups.patch";

    private SettingsApi() {}

    static Groups read(GoogleClients google, String group) throws IOException {
        return google.groupsSettings().groups().get(group).setAlt("json").execute();
    }

    static void close(GoogleClients google, String group) throws IOException {
        google.groupsSettings()
                .groups()
                .patch(group, GroupSettings.closed())
                .setAlt("json")
                .execute();
    }
}
