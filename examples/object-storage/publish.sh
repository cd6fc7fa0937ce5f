#!/bin/sh
# Publishes a built site, or a portal, to object storage: `publish.sh site/ remote:bucket`. Needs rclone (1.60 or later) with a remote.
#
# Object storage sends what was written with each object, so that each kind of file is uploaded with its own Cache-Control and Content-Type, those
# of kanalstrategi/publishing/servers/headers.py (tests/unit/test_portal_examples.py compares them). What pages refer to is uploaded before
# the pages, and what is gone is deleted last: at no moment does a page lead to nothing.
#
# Not uploaded: the compressed twins (.br, .gz), since object storage does not choose between them (have the network in front of it compress),
# and what only a web server reads. The headers that belong to every answer (Strict-Transport-Security, X-Content-Type-Options,
# Referrer-Policy, frame-ancestors) are set in the network in front; the rest of the Content-Security-Policy is in the pages themselves.
set -eu
site=${1:?the folder of the site}
remote=${2:?the remote and the bucket}

ONE_YEAR='public, max-age=31536000, immutable'
ONE_HOUR='public, max-age=3600'
NOW='no-cache'

# put CACHE TYPE FILTER...: upload what the filters take; with an empty TYPE, rclone knows the type by the extension.
put() {
  cache=$1 type=$2
  shift 2
  for pattern; do
    set -- "$@" --filter "$pattern"
    shift
  done
  if [ -n "$type" ]; then
    set -- --header-upload "Content-Type: $type" "$@"
  fi
  rclone copy --checksum --header-upload "Cache-Control: $cache" \
    --filter '- *.br' --filter '- *.gz' --filter '- _headers' --filter '- _redirects' --filter '- _nginx*.conf' \
    --filter '- .htaccess' --filter '- web.config' "$@" --filter '- *' "$site" "$remote"
}

# The folders and files that are named after a digest of their content.
digest='[0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f]'
put "$ONE_YEAR" 'text/javascript; charset=utf-8' "+ assets/$digest/**.js"
put "$ONE_YEAR" 'font/woff2' "+ assets/$digest/**.woff2"
put "$ONE_YEAR" '' "- *.js" "- *.woff2" "+ assets/$digest/**" "+ search/$digest/**" "+ deling/$digest.png"
put "$NOW" 'text/javascript; charset=utf-8' "- assets/$digest/**" '- admin/**' '+ *.js'
put "$NOW" '' "- assets/$digest/**" '- admin/**' '+ *.css' '+ search/index.json' '+ search/editions.json'
put "$ONE_HOUR" 'application/atom+xml; charset=utf-8' '+ nyt/*.xml'
put "$ONE_HOUR" 'application/schema+json' '+ data/schemas/*.json'
put "$ONE_HOUR" 'application/ld+json' '+ data/catalog.jsonld'
put "$ONE_HOUR" 'text/csv; charset=utf-8' '- admin/**' '+ *.csv'
put "$ONE_HOUR" 'text/calendar; charset=utf-8' '- admin/**' '+ *.ics'
put 'no-store' '' '+ admin/**'
put "$ONE_HOUR" '' '- admin/**' "- assets/$digest/**" "- search/$digest/**" "- deling/$digest.png" \
  '- *.html' '- *.js' '- *.css' '- *.csv' '- *.ics' '- nyt/*.xml' '- data/schemas/*.json' '- data/catalog.jsonld' \
  '- search/index.json' '- search/editions.json' '+ **'
put "$NOW" 'text/html; charset=utf-8' '- admin/**' '+ *.html'

# Delete what is gone; what is there has been uploaded above.
rclone sync --ignore-existing --filter '- *.br' --filter '- *.gz' --filter '- _headers' --filter '- _redirects' --filter '- _nginx*.conf' \
  --filter '- .htaccess' --filter '- web.config' "$site" "$remote"
