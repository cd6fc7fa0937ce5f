// A goal that has not been measured has no file yet. The first save makes it.

/**
 * Have GitLab's API at a URL answer with an empty text where one of some files is not there yet: Decap (3.16.3) takes its own answer for a failure,
 * so that the goal could not be opened. It does the same for GitHub by itself.
 */
export function readMissingAsEmpty(apiRoot, paths) {
  const known = window.fetch;
  const ends = paths.map((path) => `/repository/files/${encodeURIComponent(path)}/raw`);
  window.fetch = async (...request) => {
    const answer = await known(...request);
    const url = String(request[0]?.url ?? request[0]).split("?")[0];
    return answer.status === 404 && url.startsWith(apiRoot) && ends.some((end) => url.endsWith(end)) ? new Response("") : answer;
  };
}
