package org.physionet.provisioner.audit.review;

/**
 * Where the addresses of a range are, as far as the site knows.
 *
 * @param range with what the site calls the place
 * @param latitude in degrees, north positive
 * @param longitude in degrees, east positive
 */
public record PlaceRange(AddressRange range, double latitude, double longitude) {
    private static final double EARTH_RADIUS_KM = 6371;

    /**
     * One line of a file of places: the range, latitude, longitude, then, after white space or a comma, what it is called.
     *
     * @throws IllegalArgumentException naming the line if it is none
     */
    public static PlaceRange parse(String line) {
        String[] parts = line.strip().split("[,\\s]+", 4);
        try {
            if (parts.length >= 3) {
                double latitude = Double.parseDouble(parts[1]);
                double longitude = Double.parseDouble(parts[2]);
                if (Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180) {
                    return new PlaceRange(
                            AddressRange.parse(parts[0] + " " + (parts.length < 4 ? "" : parts[3])),
                            latitude,
                            longitude);
                }
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected(line), e);
        }
        throw new IllegalArgumentException(expected(line));
    }

    private static String expected(String line) {
        return "expected a range with latitude and longitude, such as 203.0.113.0/24 42.36 -71.06 Boston, found \""
                + line + "\"";
    }

    /** Along the surface. */
    double kilometresTo(PlaceRange other) {
        double dLat = Math.toRadians(other.latitude - latitude);
        double dLon = Math.toRadians(other.longitude - longitude);
        double a = Math.pow(Math.sin(dLat / 2), 2)
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(other.latitude))
                        * Math.pow(Math.sin(dLon / 2), 2);
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(a)));
    }

    String label() {
        return range.label().isEmpty() ? latitude + " " + longitude : range.label();
    }
}
