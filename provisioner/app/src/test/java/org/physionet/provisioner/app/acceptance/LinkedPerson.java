package org.physionet.provisioner.app.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A researcher with a verified Google address and a verified AWS identity that nobody else links. */
record LinkedPerson(String id, String google, String aws) {
    /** Everybody who is entitled to the dataset and has both identities, in order of their ids. */
    static List<LinkedPerson> entitledTo(WorkingSite site, String dataset) throws Exception {
        Map<String, LinkedPerson> linked = linked(site);
        List<LinkedPerson> people = new ArrayList<>();
        for (JsonNode line :
                WorkingSite.lines(site.program.run("eligibility", "--dataset", dataset, "--output", "ndjson"))) {
            LinkedPerson person = linked.get(line.get("researcher").asText());
            if (person != null && line.get("allowed").asBoolean()) {
                people.add(person);
            }
        }
        return people;
    }

    static Map<String, LinkedPerson> linked(WorkingSite site) throws Exception {
        Map<String, LinkedPerson> all = new LinkedHashMap<>();
        for (List<String> row : site.database.rows("""
                select c.user_id, e.email, c.aws_userid from public.user_cloudinformation c
                join public.user_associatedemail e on e.id = c.gcp_email_id and e.is_verified and e.user_id = c.user_id
                join public.user_user u on u.id = c.user_id
                where c.aws_verification_datetime is not null and c.aws_userid like 'AIDA%'
                  and (u.username not like 'case-%' or u.username like 'case-request-%') order by c.user_id""")) {
            all.put(row.get(0), new LinkedPerson(row.get(0), "user:" + row.get(1), row.get(2)));
        }
        return all;
    }

    String at(String resource) {
        return resource.startsWith("s3:") ? aws : google;
    }

    /** At which of the dataset's resources the person gets in, as the simulated providers judge it. */
    List<String> readable(WorkingSite site, String dataset) {
        return WorkingSite.resources(dataset).stream()
                .filter(resource -> site.canRead(at(resource), resource))
                .toList();
    }
}
