package org.physionet.provisioner.simulator.gcp;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What Cloud Identity's {@code memberRestriction.query} lets into a group: {@code member.type} is 1 for users, 2 for
 * service accounts, 3 for groups; {@code member.customer_id} can only be the group's own
 * (cloud.google.com/identity/docs/reference/rest/v1/SecuritySettings).
 */
final class MemberRestriction {
    private static final Pattern TYPE = Pattern.compile("member\\.type\\s*==\\s*([123])");
    private static final Pattern CUSTOMER = Pattern.compile("member\\.customer_id\\s*==\\s*groupCustomerId\\(\\)");

    private MemberRestriction() {}

    static boolean understood(String query) {
        return alternatives(query).stream()
                .flatMap(each -> each.stream())
                .allMatch(term ->
                        TYPE.matcher(term).matches() || CUSTOMER.matcher(term).matches());
    }

    /** @param query empty lets everybody in; else one that is {@link #understood} */
    static boolean admits(String query, GoogleState state, Group group, String address) {
        return query.isEmpty()
                || alternatives(query).stream()
                        .anyMatch(each -> each.stream().allMatch(term -> holds(term, state, group, address)));
    }

    private static boolean holds(String term, GoogleState state, Group group, String address) {
        var type = TYPE.matcher(term);
        if (!type.matches()) {
            return Addresses.domain(address).equals(Addresses.domain(group.email));
        }
        String found = state.group(address).isPresent() ? "3" : Addresses.serviceAccount(address) ? "2" : "1";
        return type.group(1).equals(found);
    }

    /** Terms that must hold together, of which one list must hold. */
    private static List<List<String>> alternatives(String query) {
        return Pattern.compile("\\|\\|")
                .splitAsStream(query)
                .map(part -> Pattern.compile("&&")
                        .splitAsStream(part)
                        .map(String::strip)
                        .toList())
                .toList();
    }
}
