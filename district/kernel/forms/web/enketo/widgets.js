// Enketo's widgets that suit a phone and need neither outside maps nor inline styles, and our own for files and places.
import note from 'enketo-core/src/widget/note/notewidget';
import autocomplete from 'enketo-core/src/widget/select-autocomplete/autocomplete';
import textarea from 'enketo-core/src/widget/textarea/textarea';
import table from 'enketo-core/src/widget/table/tablewidget';
import radio from 'enketo-core/src/widget/radio/radiopicker';
import media from 'enketo-core/src/widget/select-media/select-media';
import draw from 'enketo-core/src/widget/draw/draw-widget';
import likert from 'enketo-core/src/widget/select-likert/likertitem';
import columns from 'enketo-core/src/widget/columns/columns';
import range from 'enketo-core/src/widget/range/range-widget';
import rank from 'enketo-core/src/widget/rank/rank-widget';
import url from 'enketo-core/src/widget/url/url-widget';
import textMax from 'enketo-core/src/widget/text-max/text-max';
import rating from 'enketo-core/src/widget/rating/rating';
import thousands from 'enketo-core/src/widget/thousands-sep/thousands-sep';
import file from './file_widget';
import place from './place_widget';
import finder from './finder_widget';

export default [note, autocomplete, textarea, table, radio, media, draw, likert, columns, range, rank, url, textMax, rating, thousands, file, place, finder];
