package io.sa2va.core.hub;

/**
 * Everything that a download needs of the outside world.
 *
 * @param settings which hub, cache and token
 * @param http sends requests
 * @param api asks the hub about models
 * @param backoff when to try again
 * @param tuning how many things at once
 */
record HubTransport(
    HubSettings settings, HubHttp http, HubApi api, Backoff backoff, DownloadTuning tuning) {
  static HubTransport of(HubSettings settings, Backoff backoff, DownloadTuning tuning) {
    HubHttp http = new HubHttp(settings);
    return new HubTransport(settings, http, new HubApi(settings, http, backoff), backoff, tuning);
  }
}
