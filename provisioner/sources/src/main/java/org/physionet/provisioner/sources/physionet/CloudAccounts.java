package org.physionet.provisioner.sources.physionet;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.physionet.provisioner.engine.model.CloudAccount;
import org.physionet.provisioner.engine.model.ResearcherId;
import org.physionet.provisioner.sources.identity.AwsIdentities;
import org.physionet.provisioner.sources.identity.GoogleAccounts;

/**
 * The stream of {@code user_cloudinformation}. A Google address may be used only if it is verified and the person's own,
 * an AWS identity only if it was verified; the rest is stated with the reason why not (facts/physionet.md 1.6, 3.4).
 */
final class CloudAccounts implements AutoCloseable {
    static final String QUERY = "select c.user_id, c.id, c.aws_id, c.aws_userid, c.aws_user_arn,"
            + " c.aws_verification_datetime is not null, c.gcp_email_id, e.email, e.is_verified, e.user_id"
            + " from user_cloudinformation c left join user_associatedemail e on e.id = c.gcp_email_id"
            + " order by c.user_id, c.id";

    private static final Map<String, String> COLUMNS =
            Map.of(AwsIdentities.ACCOUNT, "aws_id", AwsIdentities.ARN, "aws_user_arn");

    private final RowsOfPeople rows;
    private final Findings findings;
    private final GoogleAccountsFrom googleFrom;

    CloudAccounts(Connection connection, Progress progress, Findings findings, GoogleAccountsFrom googleFrom)
            throws SQLException {
        this.findings = findings;
        this.googleFrom = googleFrom;
        rows = new RowsOfPeople(connection, progress, findings, "user_cloudinformation", "user_id", QUERY);
    }

    List<CloudAccount> of(int user, ResearcherId researcher) throws SQLException {
        if (!rows.nextOf(user)) {
            return List.of();
        }
        List<CloudAccount> accounts = new ArrayList<>(2);
        do {
            if (googleFrom == GoogleAccountsFrom.LINKED) {
                addUnlessNull(accounts, google(user, researcher));
            }
            addUnlessNull(accounts, aws());
        } while (rows.nextOf(user));
        return accounts;
    }

    void finish() throws SQLException {
        rows.finish();
    }

    @Override
    public void close() throws SQLException {
        rows.close();
    }

    private static void addUnlessNull(List<CloudAccount> accounts, @Nullable CloudAccount account) {
        if (account != null && !accounts.contains(account)) {
            accounts.add(account);
        }
    }

    private @Nullable CloudAccount google(int user, ResearcherId researcher) throws SQLException {
        ResultSet row = rows.row();
        Integer emailId = Columns.number(row, 7);
        if (emailId == null) {
            return null;
        }
        String address = row.getString(8);
        if (address == null || address.isEmpty()) {
            String problem = "expected the id of an address in user_associatedemail, found " + emailId;
            findings.freeze(researcher, null, null, rows.bad("gcp_email_id", problem));
            return null;
        }
        Integer owner = Columns.number(row, 10);
        String unusable = null;
        if (owner == null || owner != user) {
            unusable = "the address belongs to another researcher" + (owner == null ? "" : ", id " + owner);
        } else if (!Boolean.TRUE.equals(Columns.flag(row, 9))) {
            unusable = "the address was never verified";
        }
        return GoogleAccounts.of(address, Map.of(), unusable);
    }

    private @Nullable CloudAccount aws() throws SQLException {
        ResultSet row = rows.row();
        String uniqueId = emptyToNull(row.getString(4));
        Map<String, String> attributes = new TreeMap<>();
        putUnlessNull(attributes, AwsIdentities.ACCOUNT, emptyToNull(row.getString(3)));
        putUnlessNull(attributes, AwsIdentities.ARN, emptyToNull(row.getString(5)));
        boolean verified = row.getBoolean(6);
        if (uniqueId == null && attributes.isEmpty()) {
            return null;
        }
        if (!verified) {
            return AwsIdentities.of(uniqueId, attributes, "the AWS identity was never verified");
        }
        for (Map.Entry<String, String> problem :
                AwsIdentities.unreadable(attributes).entrySet()) {
            // The unique id alone decides who it is, so nobody is frozen for the parts that describe it.
            rows.bad(COLUMNS.getOrDefault(problem.getKey(), problem.getKey()), problem.getValue());
        }
        return AwsIdentities.of(uniqueId, attributes, null);
    }

    private static @Nullable String emptyToNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private static void putUnlessNull(Map<String, String> map, String key, @Nullable String value) {
        if (value != null) {
            map.put(key, value);
        }
    }
}
