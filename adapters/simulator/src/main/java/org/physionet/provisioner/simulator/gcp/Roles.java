package org.physionet.provisioner.simulator.gcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.physionet.provisioner.simulator.Json;

/**
 * What roles allow: Google's own, cut down to the permissions that the simulator checks, and custom ones from the state.
 */
final class Roles {
    private static final Map<String, List<String>> PREDEFINED = predefined();
    private static final Pattern CUSTOM = Pattern.compile("(projects|organizations)/[^/]+/roles/[A-Za-z0-9_.]{3,64}");
    private static final Pattern OTHER = Pattern.compile("roles/[a-z]+\\.[A-Za-z0-9.]+");

    private final TreeMap<String, List<String>> custom = new TreeMap<>();

    /** @throws IllegalArgumentException if the name is none of a custom role */
    void define(String name, List<String> permissions) {
        if (!CUSTOM.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "role: expected projects/PROJECT/roles/NAME or organizations/ID/roles/NAME, found \"" + name
                            + "\"");
        }
        custom.put(name, List.copyOf(permissions));
    }

    Map<String, List<String>> custom() {
        return custom;
    }

    /**
     * Whether a resource of this kind takes the role. Roles of services that are not simulated are taken for projects
     * only; so are the basic roles.
     */
    boolean supported(String role, Service service) {
        if (custom.containsKey(role)) {
            return true;
        }
        return switch (service) {
            case STORAGE -> role.startsWith("roles/storage.") && PREDEFINED.containsKey(role);
            case BIGQUERY -> role.startsWith("roles/bigquery.") && PREDEFINED.containsKey(role);
            case RESOURCE_MANAGER, DIRECTORY, CLOUD_IDENTITY ->
                PREDEFINED.containsKey(role)
                        || OTHER.matcher(role).matches()
                                && !role.startsWith("roles/storage.")
                                && !role.startsWith("roles/bigquery.");
        };
    }

    static boolean basic(String role) {
        return role.equals("roles/owner") || role.equals("roles/editor") || role.equals("roles/viewer");
    }

    boolean allows(String role, String permission) {
        List<String> permissions = custom.getOrDefault(role, PREDEFINED.getOrDefault(role, List.of()));
        for (String each : permissions) {
            boolean fits = each.endsWith("*")
                    ? permission.startsWith(each.substring(0, each.length() - 1))
                    : each.equals(permission);
            if (fits) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, List<String>> predefined() {
        Map<String, List<String>> roles = new TreeMap<>();
        try (InputStream in = Roles.class.getResourceAsStream("roles.json")) {
            if (in == null) {
                throw new IllegalStateException("roles.json is missing beside " + Roles.class.getName());
            }
            JsonNode json = Json.parse(in.readAllBytes());
            json.properties().forEach(role -> {
                List<String> permissions = new ArrayList<>();
                role.getValue().forEach(permission -> permissions.add(permission.textValue()));
                roles.put(role.getKey(), permissions);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return roles;
    }
}
